//! The macro that declares a code list: codes are frozen, labels may improve.

/// Language of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// French, the language of the interface.
    #[default]
    Fr,
    /// English.
    En,
}

/// Declares code lists: `Name: "list" { Variant = "code", "libellé", "label"; … }`.
macro_rules! code_enum {
    ($($(#[$doc:meta])* $name:ident: $list:literal { $($variant:ident = $code:literal, $fr:literal, $en:literal;)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(#[doc = $fr] #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// Name of the code list.
            pub const LIST: &'static str = $list;
            /// Every entry, in the order shown.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// Every code, in the same order.
            pub const CODES: &'static [&'static str] = &[$($code),*];
            /// The code, as it stands in documents.
            pub const fn code(self) -> &'static str { match self { $($name::$variant => $code,)* } }
            /// The entry of a code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some($name::$variant),)* _ => None }
            }
            /// The label shown.
            pub const fn label(self, lang: $crate::vocabulary::Lang) -> &'static str {
                match (lang, self) {
                    $(($crate::vocabulary::Lang::Fr, $name::$variant) => $fr,
                      ($crate::vocabulary::Lang::En, $name::$variant) => $en,)*
                }
            }
        }
    )*};
}
pub(crate) use code_enum;
