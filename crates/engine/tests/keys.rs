//! Keys on a device: what opens, what does not, what stands on disk.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::ids::UserId;
use domain::secret::SecretText;
use engine::EngineError;
use engine::keys::{Argon2Cost, Keyring, MAX_ATTEMPTS, PinLock, UserSecrets, propose};
use engine::store::StoreKey;

const USER: UserId = UserId::from_bytes([5; 16]);
/// Cheap on purpose: these tests are about what opens, not about how long it takes.
const CHEAP: Argon2Cost = Argon2Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 };

fn secrets() -> UserSecrets {
    UserSecrets::new(&StoreKey::from_bytes([0xAB; 32]), [0xCD; 32], "246802".into())
}

fn keyring(passphrase: &str) -> Keyring {
    let mut keyring = Keyring::default();
    keyring.put(USER, "Nadia B.", &passphrase.into(), CHEAP, &secrets()).unwrap();
    keyring
}

#[test]
fn the_passphrase_opens_whatever_its_accents_capitals_and_spaces() {
    let keyring = keyring("été flairer béton caméra jaguar nuage");
    let typed = SecretText::from("  Ete flairer BETON  camera jaguar nuage ");
    let opened = keyring.unlock(USER, &typed).unwrap();
    assert_eq!(opened.signer().unwrap().public(), secrets().signer().unwrap().public());
}

#[test]
fn another_passphrase_or_another_user_opens_nothing() {
    let keyring = keyring("été flairer béton caméra jaguar nuage");
    assert!(matches!(
        keyring.unlock(USER, &"été flairer béton caméra jaguar orage".into()),
        Err(EngineError::WrongKey)
    ));
    let other = UserId::from_bytes([6; 16]);
    assert!(matches!(
        keyring.unlock(other, &"été flairer béton caméra jaguar nuage".into()),
        Err(EngineError::NoSuchUser)
    ));
}

#[test]
fn a_wrapping_moved_to_another_user_does_not_open() {
    let mut keyring = keyring("un deux trois quatre cinq six");
    keyring.users[0].user = UserId::from_bytes([6; 16]);
    let refused = keyring.unlock(UserId::from_bytes([6; 16]), &"un deux trois quatre cinq six".into());
    assert!(matches!(refused, Err(EngineError::WrongKey)));
}

#[test]
fn the_key_file_holds_no_key_in_clear_and_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.json");
    assert!(Keyring::read(&path).unwrap().users.is_empty());
    keyring("un deux trois quatre cinq six").write(&path).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    for secret in [&[0xAB; 32][..], &[0xCD; 32]] {
        assert!(!bytes.windows(32).any(|window| window == secret));
    }
    assert!(!String::from_utf8_lossy(&bytes).contains("quatre"));
    let read = Keyring::read(&path).unwrap();
    assert!(read.unlock(USER, &"un deux trois quatre cinq six".into()).is_ok());
}

#[test]
fn a_damaged_or_newer_key_file_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.json");
    std::fs::write(&path, "{").unwrap();
    assert!(matches!(Keyring::read(&path), Err(EngineError::Damaged)));
    std::fs::write(&path, r#"{"version":2,"users":[]}"#).unwrap();
    assert!(matches!(Keyring::read(&path), Err(EngineError::StoreTooNew(2, 1))));
}

#[test]
fn the_fifth_wrong_pin_asks_for_the_passphrase_even_with_the_right_pin_afterwards() {
    let mut lock = PinLock::new(&"246802".into(), CHEAP, &secrets()).unwrap();
    for attempt in 1..MAX_ATTEMPTS {
        assert!(matches!(lock.unlock(&"111111".into()), Err(EngineError::WrongKey)));
        assert_eq!(lock.attempts_left(), MAX_ATTEMPTS - attempt);
    }
    assert!(matches!(lock.unlock(&"111111".into()), Err(EngineError::PassphraseNeeded)));
    assert!(matches!(lock.unlock(&"246802".into()), Err(EngineError::PassphraseNeeded)));
    assert_eq!(lock.attempts_left(), 0);
}

#[test]
fn the_right_pin_unlocks_and_gives_every_attempt_back() {
    let mut lock = PinLock::new(&"246802".into(), CHEAP, &secrets()).unwrap();
    assert!(lock.unlock(&"111111".into()).is_err());
    assert!(lock.unlock(&"246802".into()).is_ok());
    assert_eq!(lock.attempts_left(), MAX_ATTEMPTS);
}

#[test]
fn proposed_passphrases_are_six_words_and_differ() {
    let (one, two) = (propose().unwrap(), propose().unwrap());
    assert_eq!(one.expose().split(' ').count(), 6);
    assert_ne!(one, two);
}

#[test]
fn secrets_do_not_show_themselves() {
    let text = format!("{:?} {:?} {:?}", secrets(), secrets().store_key(), propose().unwrap());
    assert_eq!(text, "UserSecrets(…) StoreKey(…) SecretText(…)");
}
