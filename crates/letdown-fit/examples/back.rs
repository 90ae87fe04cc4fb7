use letdown_fit::{log::*, posterior::*, predict::*};
fn main(){
  let mut ev=vec![]; 
  for l in std::fs::read_to_string("/tmp/explore/log.csv").unwrap().lines(){ let v:Vec<f64>=l.split(',').map(|x|x.parse().unwrap()).collect(); ev.push(Event::pump(v[0],Seen::Total{ml:v[1],step_ml:if v[1]%15.0==0.0{15.0}else{5.0}},None)); }
  let log=Log::new(Breasts::One,9.383333333,ev).unwrap();
  let every: usize = std::env::var("EVERY").ok().and_then(|v|v.parse().ok()).unwrap_or(7);
  let (mut err,mut cov,mut n,mut crps)=(0.,0.,0.,0.); let mut warm: Option<Posterior>=None; let mut bias=vec![];
  let mut d=14usize; let t=std::time::Instant::now();
  while d<=100 { let o=|d:usize| d as f64*24.0-9.383333333;
    let known=log.before(o(d)); let e=match &warm{None=>Effort::usual(),Some(w)=>Effort::usual().from(w)};
    let p=fit(&known,&e,1).unwrap(); let thin=p.thinned(100);
    let end=(d+every).min(101); let cuts:Vec<f64>=(d..end).map(o).collect();
    let upto=log.before(o(end));
    let m=ahead(&thin,&upto,&cuts); let first=upto.events().len()-m.len();
    for (i,m) in m.iter().enumerate(){ let v=upto.events()[first+i].total_ml().unwrap(); let m=m.as_ref().unwrap(); let q=m.quantile(0.5); err+=(v-q).abs(); n+=1.; bias.push(v-q); let r=|x:f64|(x/5.).round()*5.; if r(m.quantile(0.1))<=v && v<=r(m.quantile(0.9)){cov+=1.;} crps+=m.crps(v); }
    eprintln!("day {d} {:?} mae {:.2} t {:.1}",p.report,err/n,t.elapsed().as_secs_f64());
    warm=Some(p); d+=every; }
  println!("n {n} mae {:.3} cov {:.3} crps {:.3} bias {:.2} secs {:.1}",err/n,cov/n,crps/n,bias.iter().sum::<f64>()/n,t.elapsed().as_secs_f64());
}
