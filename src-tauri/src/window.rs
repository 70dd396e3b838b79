//! The one window.

use crate::launch::Size;
use tauri::{App, WebviewUrl, WebviewWindowBuilder};

/// Name of the window; the capabilities are given to it.
const LABEL: &str = "main";
/// The window of a tablet held sideways.
const DEFAULT: Size = Size { width: 1280.0, height: 800.0 };
/// The smallest on which every screen still works.
const SMALLEST: Size = Size { width: 480.0, height: 640.0 };

/// Opens the window.
pub fn open(app: &App, size: Option<Size>) -> tauri::Result<()> {
    let size = size.unwrap_or(DEFAULT);
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Allervers")
        .inner_size(size.width, size.height)
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .build()?;
    // Where no window manager hands out the keys (a kiosk, a bare display), the window takes them itself.
    window.set_focus()
}
