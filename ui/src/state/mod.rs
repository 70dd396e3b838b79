//! What the screens share: what is stale, what is loaded, the session, the toasts.

pub mod act;
pub mod camera;
pub mod copy;
pub mod draft;
pub mod idle;
pub mod loaded;
pub mod random;
pub mod receipt;
pub mod session;
pub mod stale;
pub mod toast;
pub mod voice;

pub use act::{Act, act};
pub use loaded::{Loaded, load};
