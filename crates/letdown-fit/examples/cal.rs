#[path="../tests/it/simulated.rs"] mod simulated;
use simulated::*; use letdown_fit::{log::*,posterior::*,traits::*}; use letdown_model::{population::*,random::Random};
fn main(){
  let two=std::env::var("TWO").is_ok(); let n: u64=std::env::var("N").ok().and_then(|v|v.parse().ok()).unwrap_or(50);
  let kind=Kind{breasts: if two {Breasts::Two} else {Breasts::One}, days: 45, lengths: two, ..PLAIN};
  let mut inside=[0usize;COUNT]; let mut zs=vec![vec![];COUNT]; let (mut rh,mut dv,mut fail)=(vec![],0,0); let t=std::time::Instant::now();
  for s in 0..n { let mut r=Random::seeded(1000+s); let m=draw(&mut r,Term::Term); let l=log(&m,kind,&mut r); let truth=Traits::of(&m,kind.breasts);
    let p=match fit(&l,&Effort::usual(),s){Ok(p)=>p,Err(e)=>{println!("{s} {e}");fail+=1;continue}};
    rh.push(p.report.r_hat); dv+=p.report.divergences; if p.report.r_hat>1.05 {println!("seed {s} {:?}",p.report);}
    for t in ALL { let v=truth.get(t); if p.quantile(t,0.05)<=v && v<=p.quantile(t,0.95){inside[t as usize]+=1;} zs[t as usize].push(p.draws.iter().filter(|d|d.get(t)<v).count() as f64/p.draws.len() as f64);} }
  rh.sort_by(f64::total_cmp); println!("secs {:.1} fails {fail} rhat median {:.3} max {:.3} div {dv}",t.elapsed().as_secs_f64(),rh[rh.len()/2],rh[rh.len()-1]);
  for t in ALL { let z=&zs[t as usize]; let mut h=[0;5]; for u in z {h[((u*5.) as usize).min(4)]+=1;} println!("{t:?} {} / {} ranks {:?}",inside[t as usize],rh.len(),h); }
}
