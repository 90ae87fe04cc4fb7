//! Trials on herself: does the picture help *me*? Drawn by chance, counted as drawn, and nothing claimed too early.
//!
//! A trial is [planned](plan()) from her own noise; at the start of a session she asks what it was [drawn](next()) to be; its
//! [page](page()) says what may be claimed. Who knows a twin hands over that of the log as it was
//! [before the trial](twin_before). What it rests on: `docs/trials.md`.

mod plan;
mod question;
mod size;

mod next;
mod seal;

mod came;
mod course;
mod looks;
mod page;
mod score;

pub use came::twin_before;
pub use looks::{Claim, LOOKS, REDRAWS, SPENT, claim, claim_by, looks};
pub use next::{Next, next};
pub(crate) use page::turned;
pub use page::{Alone, ArmCount, Listed, Page, RUNNING, began, list, page};
pub use plan::{Planned, SMALLEST_LATENCY, SMALLEST_MILK, plan};
pub use question::Question;
pub use score::{Estimate, Unit, estimate};
pub use seal::{Arm, PARTS, Part, Place, arm};
pub use size::{ENOUGH, FEWEST, noise, size, tells};
