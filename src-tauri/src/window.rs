//! The one window.

use crate::launch::Size;
use tauri::webview::{PermissionKind, PermissionResponse};
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
        .on_permission_request(|_, kind| allow(kind))
        .build()?;
    // Where no window manager hands out the keys (a kiosk, a bare display), the window takes them itself.
    window.set_focus()
}

/// The page asks for a position when somebody touches the button for it. The web view of Linux has no question of
/// its own and would refuse; elsewhere the system asks.
fn allow(kind: PermissionKind) -> PermissionResponse {
    match kind {
        PermissionKind::Geolocation if cfg!(target_os = "linux") => PermissionResponse::Allow,
        _ => PermissionResponse::Default,
    }
}
