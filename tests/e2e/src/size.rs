//! The size of a screen, in CSS pixels.

use std::fmt;
use std::str::FromStr;

/// Width and height of what a page may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A tablet held upright.
pub const TABLET: Size = Size { width: 800, height: 1280 };
/// A tablet on its side.
pub const TABLET_ON_ITS_SIDE: Size = Size { width: 1280, height: 800 };
/// A laptop.
pub const LAPTOP: Size = Size { width: 1440, height: 900 };

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}x{}", self.width, self.height)
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sides = text.split_once('x').map(|(width, height)| (width.parse(), height.parse()));
        match sides {
            Some((Ok(width), Ok(height))) => Ok(Self { width, height }),
            _ => Err(format!("{text} is not a size such as 800x1280")),
        }
    }
}
