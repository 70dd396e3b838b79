//! A place or a residence, as coded in documents: one scalar, so that concurrent edits of its
//! parts cannot mix.
//!
//! Two geographies are never mixed: `contact_place` (where the encounter took place) and
//! `residence` (where the person lives). Both are a [`Location`]; a residence also says how it is
//! known ([`Evidence`](crate::vocabulary::Evidence)).

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The generation of the QPV map a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vintage {
    /// QPV of 2015, codes `QP` + 3 + 3 characters.
    Qpv2015,
    /// QPV of 2024, codes like `QN09328M`.
    Qpv2024,
}

/// A QPV code of either vintage, checked by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QpvCode([u8; 8]);

/// A commune, by its five-character INSEE code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommuneCode([u8; 5]);

/// A text does not have the shape of the code asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a location code")]
pub struct BadLocation;

impl QpvCode {
    /// The generation, from the code's prefix.
    pub fn vintage(&self) -> Vintage {
        if self.0[1] == b'P' { Vintage::Qpv2015 } else { Vintage::Qpv2024 }
    }

    /// The eight characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for QpvCode {
    type Err = BadLocation;

    /// Accepts `^QN(0[0-9][0-9]|02[AB]|97[1-8]|987|[1-9][0-9]{2})[0-9]{2}[MINC]$` loosely by
    /// département, and `^QP[0-9AB]{3}[0-9]{3}$`.
    fn from_str(text: &str) -> Result<Self, BadLocation> {
        let b: [u8; 8] = text.as_bytes().try_into().map_err(|_| BadLocation)?;
        let digit = |c: u8| c.is_ascii_digit();
        let department = digit(b[2])
            && digit(b[3])
            && (digit(b[4]) || (b[2] == b'0' && b[3] == b'2' && matches!(b[4], b'A' | b'B')));
        let valid = match &b[..2] {
            b"QN" => department && digit(b[5]) && digit(b[6]) && matches!(b[7], b'M' | b'I' | b'N' | b'C'),
            b"QP" => department && b[5..].iter().all(|c| digit(*c)),
            _ => false,
        };
        valid.then_some(Self(b)).ok_or(BadLocation)
    }
}

impl CommuneCode {
    /// The five characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CommuneCode {
    type Err = BadLocation;
    fn from_str(text: &str) -> Result<Self, BadLocation> {
        let b: [u8; 5] = text.as_bytes().try_into().map_err(|_| BadLocation)?;
        let second = b[1].is_ascii_digit() || (b[0] == b'2' && matches!(b[1], b'A' | b'B'));
        let rest = b[2..].iter().all(u8::is_ascii_digit);
        (b[0].is_ascii_digit() && second && rest).then_some(Self(b)).ok_or(BadLocation)
    }
}

/// Where a contact took place, or where a person lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In a priority neighbourhood.
    Qpv(QpvCode),
    /// Outside any priority neighbourhood (*hors QPV*), with the commune.
    Outside(CommuneCode),
    /// *Sans domicile stable* (residence only).
    NoStableHome,
    /// *Non communiqué*: asked, not told.
    NotTold,
    /// *Non renseigné*: not asked or not noted.
    NotRecorded,
}

impl fmt::Display for Location {
    /// `qpv:QN09328M`, `out:93066`, `none`, `not_told`, `not_recorded`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Qpv(code) => write!(f, "qpv:{}", code.as_str()),
            Location::Outside(code) => write!(f, "out:{}", code.as_str()),
            Location::NoStableHome => f.write_str("none"),
            Location::NotTold => f.write_str("not_told"),
            Location::NotRecorded => f.write_str("not_recorded"),
        }
    }
}

impl FromStr for Location {
    type Err = BadLocation;
    fn from_str(text: &str) -> Result<Self, BadLocation> {
        match text {
            "none" => Ok(Location::NoStableHome),
            "not_told" => Ok(Location::NotTold),
            "not_recorded" => Ok(Location::NotRecorded),
            _ => match text.split_once(':') {
                Some(("qpv", code)) => code.parse().map(Location::Qpv),
                Some(("out", code)) => code.parse().map(Location::Outside),
                _ => Err(BadLocation),
            },
        }
    }
}

impl fmt::Display for QpvCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Display for CommuneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
crate::ids::text_serde!(QpvCode, CommuneCode, Location);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_read_back_from_their_code() {
        for text in [
            "qpv:QN09328M",
            "qpv:QP093028",
            "qpv:QN02A01M",
            "out:93066",
            "out:2A004",
            "none",
            "not_told",
            "not_recorded",
        ] {
            assert_eq!(text.parse::<Location>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn free_text_is_no_location() {
        for text in ["", "qpv:", "qpv:QN09328X", "out:9306", "chez sa mère", "qpv:QN0932é"] {
            assert_eq!(text.parse::<Location>(), Err(BadLocation), "{text}");
        }
    }
}
