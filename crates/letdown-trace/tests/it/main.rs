//! Scale traces, through the public door.
