//! The compression dictionary that both ends of an exchange, and sealed changes, have in common.

/// Dictionary number 1, trained on synthetic records only. Its bytes are frozen.
pub static DICTIONARY_1: &[u8] = include_bytes!("dictionary-1.bin");
