#[path="../tests/it/simulated.rs"] mod simulated;
use simulated::*; use letdown_fit::{log::*,traits::*,gradient::{Density,log_likelihood},mode::climb,sample::*}; use letdown_model::{population::*,random::Random};
fn main(){
   let kind=Kind{breasts: Breasts::Two, days: 45, lengths: true, ..PLAIN};
   let mut r=Random::seeded(1001); let m=draw(&mut r,Term::Term); let l=log(&m,kind,&mut r); let truth=Traits::of(&m,kind.breasts);
   println!("truth loglik {:.2}",log_likelihood(&truth,&l));
   let mut d=Density::of(&l); let n=d.layout().dim(); let mut g=vec![0.;n];
   let mode=climb(&mut d,&[vec![0.;n]]).unwrap();
   println!("mode {:.2}", d.at(&mode.z,&mut g));
   for seed in 0..6 { let w=walks(&d,&mode,Length{chains:4,tune:200,draws:250},seed).unwrap();
   for w in &w { let (b,z)=w.z.iter().map(|z|(d.at(z,&mut g),z.clone())).fold((-1e9,vec![]),|a,b| if b.0>a.0 {b} else {a}); print!("{b:.1} "); if b > -850.0 { println!("{:?}",d.layout().active().iter().zip(&z).map(|(t,z)|format!("{t:?} {z:.2}")).collect::<Vec<_>>());  let m2=climb(&mut d,&[z]).unwrap(); println!("climbs to {:.2}",d.at(&m2.z,&mut g)); return; } } println!(); }
   for s in l.events().iter().take(60) { print!("{:?} ",match s.removal {Removal::Pump{seen:Seen::PerSide{ml,..},..}=>ml,_=>[None;2]}); } println!();
}
