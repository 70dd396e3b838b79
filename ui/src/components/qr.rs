//! A QR image, drawn as one path: black on white whatever the theme, or no camera reads it.

use domain::secret::SecretText;
use leptos::prelude::*;
use qrcode::{Color, QrCode};
use std::fmt::Write as _;

/// Quiet border round the image, in modules, as the standard asks.
const QUIET: usize = 4;

/// A QR image of a text; nothing where the text is too long for one.
pub fn qr(text: &SecretText, label: &'static str) -> impl IntoView + use<> {
    let code = QrCode::new(text.expose().as_bytes()).ok();
    code.map(|code| {
        let size = code.width() + 2 * QUIET;
        let view_box = format!("0 0 {size} {size}");
        view! {
            <svg class="qr" viewBox=view_box role="img" aria-label=label shape-rendering="crispEdges">
                <path class="qr__paper" d=format!("M0 0h{size}v{size}h-{size}z")/>
                <path class="qr__ink" d=path(&code)/>
            </svg>
        }
    })
}

/// One square for each dark module.
fn path(code: &QrCode) -> String {
    let width = code.width();
    let mut path = String::new();
    for (n, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Writing into a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", n % width + QUIET, n / width + QUIET);
        }
    }
    path
}
