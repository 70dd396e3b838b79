//! A vault in memory, for tests: what a security chip would do. The app has none.

use engine::EngineError;
use engine::keys::{MOST_WRONG, Vault};
use std::collections::HashMap;
use std::sync::Mutex;
use zeroize::Zeroizing;

/// Name, code, secret, wrong codes in a row.
type Held = HashMap<[u8; 16], ([u8; 32], [u8; 32], u32)>;

/// The vault.
#[derive(Default)]
pub struct Chip(Mutex<Held>);

impl std::fmt::Debug for Chip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chip")
    }
}

impl Vault for Chip {
    fn keep(&self, name: &[u8; 16], code: &[u8; 32], secret: &[u8; 32]) -> Result<(), EngineError> {
        self.0.lock().unwrap().insert(*name, (*code, *secret, 0));
        Ok(())
    }

    fn open(&self, name: &[u8; 16], code: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, EngineError> {
        let mut held = self.0.lock().unwrap();
        let (right, secret, wrong) = held.get_mut(name).ok_or(EngineError::PassphraseNeeded)?;
        if right == code {
            *wrong = 0;
            return Ok(Zeroizing::new(*secret));
        }
        *wrong += 1;
        if *wrong < MOST_WRONG {
            return Err(EngineError::WrongKey);
        }
        held.remove(name);
        Err(EngineError::PassphraseNeeded)
    }

    fn attempts_left(&self, name: &[u8; 16]) -> u32 {
        self.0.lock().unwrap().get(name).map_or(0, |it| MOST_WRONG - it.2)
    }
}
