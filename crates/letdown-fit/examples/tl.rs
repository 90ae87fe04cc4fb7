#[path="../tests/it/simulated.rs"] mod simulated;
use simulated::*; use letdown_fit::{log::*,traits::*,gradient::{Density,log_likelihood},mode::climb}; use letdown_model::{population::*,random::Random};
fn main(){ for two in [false,true] { for lengths in [false,true] { let mut ds=vec![];
 for s in 0..12u64 { let kind=Kind{breasts: if two {Breasts::Two} else {Breasts::One}, days: 45, lengths, ..PLAIN};
   let mut r=Random::seeded(1000+s); let m=draw(&mut r,Term::Term); let l=log(&m,kind,&mut r); let truth=Traits::of(&m,kind.breasts);
   let mut d=Density::of(&l); let n=d.layout().dim(); let mut g=vec![0.;n];
   let mode=climb(&mut d,&[vec![0.;n]]).unwrap();
   ds.push(format!("{:.1}/{:.1}",log_likelihood(&truth,&l), d.at(&mode.z,&mut g))); }
   println!("two {two} lengths {lengths} {}",ds.join(" ")); } } }
