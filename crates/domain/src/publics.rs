//! Publics, computed from age band, gender and household; never asked for.

use crate::vocabulary::{AgeBand, Gender, Household};
use serde::{Deserialize, Serialize};

/// A public of the cité's indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Public {
    /// Under 26.
    Young,
    /// Women.
    Women,
    /// 50 and over.
    Senior,
    /// Single parents.
    SingleParent,
}

impl Public {
    /// Every public, in the order shown.
    pub const ALL: [Public; 4] = [Public::Young, Public::Women, Public::Senior, Public::SingleParent];

    /// The public of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|public| public.code() == code)
    }

    /// Code.
    pub const fn code(self) -> &'static str {
        match self {
            Public::Young => "young",
            Public::Women => "women",
            Public::Senior => "senior",
            Public::SingleParent => "single_parent",
        }
    }
}

/// Publics a profile belongs to.
pub fn of(age: Option<AgeBand>, gender: Option<Gender>, household: Option<Household>) -> Vec<Public> {
    use AgeBand::*;
    let belongs = |public: &Public| match public {
        Public::Young => matches!(age, Some(Under16 | From16To17 | From18To25)),
        Public::Women => gender == Some(Gender::Woman),
        Public::Senior => matches!(age, Some(From50To59 | From60)),
        Public::SingleParent => household == Some(Household::SingleParent),
    };
    Public::ALL.into_iter().filter(belongs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_woman_of_25_alone_with_a_child_is_of_three_publics() {
        let publics = of(Some(AgeBand::From18To25), Some(Gender::Woman), Some(Household::SingleParent));
        assert_eq!(publics, [Public::Young, Public::Women, Public::SingleParent]);
        assert_eq!(of(Some(AgeBand::From26To29), Some(Gender::Man), None), []);
        assert_eq!(of(None, None, None), []);
    }
}
