#[path="../tests/it/simulated.rs"] mod simulated;
use simulated::*; use letdown_fit::{log::*,traits::*,gradient::log_likelihood}; use letdown_model::{population::*,random::Random};
fn main(){ let kind=Kind{breasts: Breasts::Two, days: 45, lengths:true, ..PLAIN};
   let mut r=Random::seeded(1001); let m=draw(&mut r,Term::Term); let l=log(&m,kind,&mut r); let truth=Traits::of(&m,kind.breasts);
   println!("{m:#?}");
   let mut prev=0.0; for d in (0..45).step_by(3) { let k=l.before(24.0*(d as f64+3.0)); let ll=log_likelihood(&truth,&k); let n=k.events().len(); let vs:Vec<f64>=k.events()[n.saturating_sub(21)..].iter().filter_map(|e|e.total_ml()).collect(); println!("{d} {:.1} mean {:.1}",ll-prev,vs.iter().sum::<f64>()/vs.len() as f64); prev=ll; } }
