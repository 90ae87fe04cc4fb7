use letdown_fit::{log::*,gradient::Density,mode::climb,sample::*,diagnostics::*};
fn main(){
  let mut ev=vec![]; 
  for l in std::fs::read_to_string("/tmp/explore/log.csv").unwrap().lines(){ let v:Vec<f64>=l.split(',').map(|x|x.parse().unwrap()).collect(); ev.push(Event::pump(v[0],Seen::Total{ml:v[1],step_ml:if v[1]%15.0==0.0{15.0}else{5.0}},None)); }
  let log=Log::new(Breasts::One,9.383,ev).unwrap();
  let mut d=Density::of(&log); let n=d.layout().dim(); let mode=climb(&mut d,&[vec![0.;n]]).unwrap();
  for s in 0..2 { let w=walks(&d,&mode,Length{chains:4,tune:200,draws:400},s).unwrap();
   for (i,t) in d.layout().active().iter().enumerate(){ let c:Vec<Vec<f64>>=w.iter().map(|w|w.z.iter().map(|z|z[i]).collect()).collect();
     let all:Vec<f64>=c.concat(); let m=all.iter().sum::<f64>()/all.len() as f64; let sd=(all.iter().map(|x|(x-m)*(x-m)).sum::<f64>()/all.len() as f64).sqrt();
     println!("{t:?} mode {:.2} mean {m:.2} sd {sd:.2} rhat {:.3} ess {:.0}",mode.z[i],r_hat(&c),bulk_ess(&c)); }
   for w in &w { println!("div {} grads {}",w.divergences,w.gradients); } }
}
