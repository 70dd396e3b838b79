//! What a printed recovery key opens: its own secret, and those of the keys it took the place of.

use super::wrap::{Secret, unwrap, wrap};
use crate::error::EngineError;
use crate::keys::RecoveryKey;
use document::control::{Chain, Printed, RecoveryKeys};

const CONTEXT: &str = "allervers recovery 1";

fn about(chain: &Chain, former: &RecoveryKeys, next: &RecoveryKeys) -> Vec<u8> {
    [chain.cite().as_bytes().as_slice(), &*former.agree, &*next.agree].concat()
}

/// The secret of the key that counts, sealed to the one that is printed in its place.
pub(crate) fn hand_on(
    chain: &Chain,
    former: &RecoveryKey,
    next: &RecoveryKeys,
) -> Result<Vec<u8>, EngineError> {
    wrap(&next.agree, CONTEXT, &about(chain, &former.public()?, next), &*former.agree()?)
}

/// The secrets a printed key opens: none where it is not the one that counts.
pub(crate) fn secrets(chain: &Chain, key: &RecoveryKey) -> Result<Vec<Secret>, EngineError> {
    let public = key.public()?;
    if chain.printed().last().is_none_or(|it| it.keys != public) {
        return Ok(Vec::new());
    }
    let mut secrets = vec![key.agree()?];
    for pair in chain.printed().windows(2).rev() {
        let [before, Printed { keys, former: Some(sealed), .. }] = pair else { break };
        let Some(secret) = secrets.last() else { break };
        // One that does not open ends it: what is older is lost with it.
        match unwrap(secret, CONTEXT, &about(chain, &before.keys, keys), sealed) {
            Ok(older) => secrets.push(older),
            Err(_) => break,
        }
    }
    Ok(secrets)
}
