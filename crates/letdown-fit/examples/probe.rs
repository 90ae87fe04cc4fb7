use letdown_fit::{log::*, posterior::*, traits::*, gradient::Density};
fn main(){
  let mut ev=vec![]; let mut t0=None;
  for l in std::fs::read_to_string("/tmp/explore/log.csv").unwrap().lines(){ let v:Vec<f64>=l.split(',').map(|x|x.parse().unwrap()).collect(); if t0.is_none(){t0=Some(v[0]);} ev.push(Event::pump(v[0],Seen::Total{ml:v[1],step_ml:if v[1]%15.0==0.0{15.0}else{5.0}},None)); }
  let log=Log::new(Breasts::One,9.383,ev).unwrap();
  let mut d=Density::of(&log); let n=d.layout().dim(); let mut g=vec![0.;n]; let z=vec![0.1;n];
  let t=std::time::Instant::now(); for _ in 0..2000{ std::hint::black_box(d.at(&z,&mut g)); } println!("eval us {}",t.elapsed().as_secs_f64()/2000.*1e6);
  for seed in 0..3 { let t=std::time::Instant::now(); let p=fit(&log,&Effort::usual(),seed).unwrap(); println!("{:?} {:?}",t.elapsed(),p.report);
  if seed==0 { for t in ALL { println!("{:?} {:.4} {:.4} {:.4}",t,p.quantile(t,0.05),p.quantile(t,0.5),p.quantile(t,0.95)); } } }
}
