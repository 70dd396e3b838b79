//! What the environment says when the program starts. Read once, here.

use std::env;
use std::path::PathBuf;

/// Size of a window, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// What the environment asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Launch {
    /// `ALLERVERS_DATA`: the data folder, instead of the platform's.
    pub data: Option<PathBuf>,
    /// `ALLERVERS_WINDOW`: the size of the window, such as `800x1280`.
    pub size: Option<Size>,
}

impl Launch {
    /// Reads the environment.
    #[allow(clippy::disallowed_methods, reason = "the one place of the app that reads the environment")]
    pub fn from_environment() -> Self {
        Self {
            data: env::var_os("ALLERVERS_DATA").filter(|it| !it.is_empty()).map(PathBuf::from),
            size: env::var("ALLERVERS_WINDOW").ok().and_then(|text| size(&text)),
        }
    }
}

fn size(text: &str) -> Option<Size> {
    let (width, height) = text.split_once('x')?;
    let (width, height) = (width.parse::<u32>().ok()?, height.parse::<u32>().ok()?);
    Some(Size { width: width.into(), height: height.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_whole_numbers_and_anything_else_is_ignored() {
        assert_eq!(size("800x1280"), Some(Size { width: 800.0, height: 1280.0 }));
        for text in ["", "800", "800x", "x1280", "800x1280x1", "-1x3", "1.5x2"] {
            assert_eq!(size(text), None, "{text}");
        }
    }
}
