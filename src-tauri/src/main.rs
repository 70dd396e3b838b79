//! The app's program.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> Result<(), allervers::StartError> {
    allervers::run()
}
