#[path="../tests/it/simulated.rs"] mod simulated;
use simulated::*; use letdown_fit::{log::*,traits::*,gradient::Density,mode::climb}; use letdown_model::{population::*,random::Random};
fn main(){
  for two in [false,true] { for s in 0..20u64 { 
  let kind=Kind{breasts: if two {Breasts::Two} else {Breasts::One}, days: 45, lengths: two, ..PLAIN};
   let mut r=Random::seeded(1000+s); let m=draw(&mut r,Term::Term); let l=log(&m,kind,&mut r); let truth=Traits::of(&m,kind.breasts);
   let mut d=Density::of(&l); let act=d.layout().active().to_vec(); let n=act.len(); let mut g=vec![0.;n];
   let chancy:Vec<f64>=act.iter().map(|t| match t {Trait::DaySd=>2.0,Trait::GapSd=>1.0,_=>0.0}).collect();
   let mut starts=vec![vec![0.;n], chancy.clone()]; for _ in 0..6 { starts.push(chancy.iter().map(|c| c+0.7*r.normal()).collect()); }
   let hs:Vec<String>=starts.iter().map(|st| match climb(&mut d,&[st.clone()]) {Ok(m)=>format!("{:.1}",d.at(&m.z,&mut g)),Err(_)=>"x".into()}).collect();
   println!("{two} {s} {:?} DaySd {:.3}",hs,truth.get(Trait::DaySd)); } }
}
