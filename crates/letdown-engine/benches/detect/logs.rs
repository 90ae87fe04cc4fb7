//! What is found in scale logs that are given by their paths.

pub(crate) fn print(paths: &[String]) {
    for path in paths {
        println!("{path}");
    }
}
