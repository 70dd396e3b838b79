//! The face of Allervers: views over the contract `domain::api`, and no rule of its own.
//!
//! The same program runs in the Tauri window and in a browser; [`backend`] finds out where it is.

mod app;
mod backend;
mod components;
mod pages;
mod route;
mod state;
mod text;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
