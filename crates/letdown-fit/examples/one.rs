#[path="../tests/it/simulated.rs"] mod simulated;
use simulated::*; use letdown_fit::{log::*,posterior::*,traits::*,coordinates::*,gradient::Density,mode::climb,sample::*,diagnostics::*}; use letdown_model::{population::*,random::Random};
fn main(){
  let two=std::env::var("TWO").is_ok();
  let kind=Kind{breasts: if two {Breasts::Two} else {Breasts::One}, days: 45, lengths: two, ..PLAIN};
  for a in std::env::args().skip(1) { let s:u64=a.parse().unwrap(); let mut r=Random::seeded(1000+s); let m=draw(&mut r,Term::Term); let l=log(&m,kind,&mut r); let truth=Traits::of(&m,kind.breasts);
   let mut d=Density::of(&l); let n=d.layout().dim(); let starts=[vec![0.;n], d.layout().active().iter().map(|t| match t {Trait::DaySd=>2.0,Trait::GapSd=>1.0,_=>0.0}).collect()]; let mode=climb(&mut d,&starts).unwrap(); let mut g=vec![0.;n]; let h=d.at(&mode.z,&mut g); println!("seed {s} mode height {h:.2} |g| {:.4}",g.iter().map(|x|x*x).sum::<f64>().sqrt());
   let vols:Vec<f64>=l.events().iter().filter_map(|e|e.total_ml()).collect(); println!("mean vol {:.1}",vols.iter().sum::<f64>()/vols.len() as f64);
   let t=std::time::Instant::now(); let w=walks(&d,&mode,Length{chains:4,tune:200,draws:250},s).unwrap(); println!("{:?}",t.elapsed());
   for (i,t) in d.layout().active().iter().enumerate(){ let c:Vec<Vec<f64>>=w.iter().map(|w|w.z.iter().map(|z|z[i]).collect()).collect();
     let ms:Vec<String>=c.iter().map(|c|format!("{:.2}",c.iter().sum::<f64>()/c.len() as f64)).collect();
     println!("{t:?} truth {:.3} mode {:.2} rhat {:.3} ess {:.0} means {:?}",truth.get(*t),mode.z[i],r_hat(&c),bulk_ess(&c),ms); }
   for w in &w { println!("div {} grads {} best {:.2}",w.divergences,w.gradients, w.z.iter().map(|z|d.at(z,&mut g)).fold(-1e9,f64::max)); }
   let _=Layout::of(&l);
  }
}
