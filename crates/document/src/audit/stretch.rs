//! A device's entries as they are sent: what follows from their place is left out, and one signature
//! stands for a stretch, because the hash of its last entry covers every entry before it.

use super::{AuditBody, AuditEntry, Seen};
use crate::actor::SignerId;
use crate::error::DocumentError;
use domain::time::InstantMs;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

/// What a device sends: its entries in order, and the oldest it still has.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AuditUpload {
    /// Place of the oldest entry that the device still has.
    #[n(0)]
    pub oldest: u64,
    /// Place of the first entry sent.
    #[n(1)]
    first: u64,
    /// Hash of the entry before it.
    #[n(2)]
    previous: ByteArray<32>,
    /// Entries in order, one stretch for each time another user is at work.
    #[n(3)]
    stretches: Vec<Stretch>,
}

/// Entries one after the other of one user on one device, under the signature of the last of them.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Stretch {
    #[n(0)]
    signer: SignerId,
    #[n(1)]
    user: Option<ByteArray<16>>,
    /// When the first was made, by the clock of the device.
    #[n(2)]
    at_ms: InstantMs,
    #[n(3)]
    acts: Vec<Act>,
    #[n(4)]
    signature: ByteArray<64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct Act {
    /// Milliseconds since the one before.
    #[n(0)]
    later_ms: InstantMs,
    #[n(1)]
    act: String,
    #[n(2)]
    about: Option<ByteArray<8>>,
    #[n(3)]
    seen: Option<Seen>,
}

impl AuditUpload {
    /// Makes an upload of a device's entries, up to the first that does not follow the one before or does
    /// not read; none where not even the first reads.
    pub fn of(oldest: u64, entries: &[AuditEntry]) -> Option<Self> {
        let start = entries.first()?.body().ok()?;
        let mut upload = Self { oldest, first: start.seq, previous: start.previous, stretches: Vec::new() };
        let mut place = start.seq;
        let mut before_ms = start.at_ms;
        for entry in entries {
            let (Ok(body), Some(signer)) = (entry.body(), entry.signer()) else { break };
            let Ok(signature) = <[u8; 64]>::try_from(entry.signature()) else { break };
            if body.seq != place {
                break;
            }
            let same = |it: &&mut Stretch| it.signer == signer && it.user == body.user;
            let stretch = match upload.stretches.last_mut().filter(same) {
                Some(stretch) => stretch,
                None => {
                    before_ms = body.at_ms;
                    upload.stretches.push(Stretch {
                        signer,
                        user: body.user,
                        at_ms: body.at_ms,
                        acts: Vec::new(),
                        signature: signature.into(),
                    });
                    upload.stretches.last_mut()?
                }
            };
            let later_ms = body.at_ms.wrapping_sub(before_ms);
            stretch.acts.push(Act { later_ms, act: body.act, about: body.about, seen: body.seen });
            stretch.signature = signature.into();
            (place, before_ms) = (place + 1, body.at_ms);
        }
        (!upload.stretches.is_empty()).then_some(upload)
    }

    /// How many entries.
    pub fn count(&self) -> usize {
        self.stretches.iter().map(|it| it.acts.len()).sum()
    }

    /// Place of the last entry sent.
    pub fn last(&self) -> u64 {
        (self.first + self.count() as u64).saturating_sub(1)
    }

    /// The entries again, stretch by stretch: all but the last of each without a signature.
    ///
    /// # Errors
    /// [`DocumentError::Malformed`].
    pub fn entries(&self, source: [u8; 16]) -> Result<Vec<Vec<AuditEntry>>, DocumentError> {
        let (mut seq, mut previous) = (self.first, self.previous);
        let mut all = Vec::with_capacity(self.stretches.len());
        for stretch in &self.stretches {
            let mut at_ms = stretch.at_ms;
            let mut entries: Vec<AuditEntry> = Vec::with_capacity(stretch.acts.len());
            for act in &stretch.acts {
                at_ms = at_ms.wrapping_add(act.later_ms);
                let body = AuditBody {
                    source: source.into(),
                    seq,
                    previous,
                    at_ms,
                    act: act.act.clone(),
                    user: stretch.user,
                    about: act.about,
                    seen: act.seen,
                };
                let entry = AuditEntry::covered(&body, stretch.signer);
                entry.body()?;
                previous = entry.hash().into();
                seq = seq.checked_add(1).ok_or(DocumentError::Malformed)?;
                entries.push(entry);
            }
            let last = entries.last_mut().ok_or(DocumentError::Malformed)?;
            last.signature = stretch.signature.to_vec();
            all.push(entries);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signer::SignerKey;

    const SOURCE: [u8; 16] = [4; 16];

    fn chain(users: &[(&SignerKey, u8)]) -> Vec<AuditEntry> {
        let mut previous = [0; 32];
        let mut entry = |(place, (key, user)): (usize, &(&SignerKey, u8))| {
            let body = AuditBody {
                source: SOURCE.into(),
                seq: place as u64 + 1,
                previous: previous.into(),
                // A clock that was once put back.
                at_ms: if place == 2 { 10 } else { 1_000 * place as i64 },
                act: "open".to_owned(),
                user: Some([*user; 16].into()),
                about: Some([place as u8; 8].into()),
                seen: None,
            };
            let entry = AuditEntry::new(&body, key);
            previous = entry.hash();
            entry
        };
        users.iter().enumerate().map(&mut entry).collect()
    }

    #[test]
    fn what_is_sent_is_what_was_noted_and_the_last_of_each_stretch_is_signed() {
        let (nadia, samir) = (SignerKey::from_secret(&[1; 32]), SignerKey::from_secret(&[2; 32]));
        let noted = chain(&[(&nadia, 1), (&nadia, 1), (&samir, 2), (&nadia, 1), (&nadia, 1)]);
        let upload = AuditUpload::of(1, &noted[1..]).unwrap();
        assert_eq!((upload.count(), upload.last()), (4, 5));
        let again = upload.entries(SOURCE).unwrap();
        let hashes: Vec<_> = again.iter().flatten().map(AuditEntry::hash).collect();
        assert_eq!(hashes, noted[1..].iter().map(AuditEntry::hash).collect::<Vec<_>>());
        assert_eq!(again.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 2]);
        for (stretch, key) in again.iter().zip([&nadia, &samir, &nadia]) {
            let (last, rest) = stretch.split_last().unwrap();
            assert_eq!(last.verify(&key.public()), Ok(()));
            assert!(rest.iter().all(AuditEntry::is_covered));
        }
    }

    #[test]
    fn one_act_changed_on_the_way_makes_the_signature_of_its_stretch_wrong() {
        let nadia = SignerKey::from_secret(&[1; 32]);
        let mut upload = AuditUpload::of(1, &chain(&[(&nadia, 1); 3])).unwrap();
        upload.stretches[0].acts[0].act = "copy".to_owned();
        let again = upload.entries(SOURCE).unwrap();
        assert!(again[0].last().unwrap().verify(&nadia.public()).is_err());
    }

    #[test]
    fn an_empty_stretch_and_a_place_past_the_last_are_refused() {
        let nadia = SignerKey::from_secret(&[1; 32]);
        let mut upload = AuditUpload::of(1, &chain(&[(&nadia, 1); 2])).unwrap();
        upload.first = u64::MAX;
        assert!(upload.entries(SOURCE).is_err());
        upload.first = 1;
        upload.stretches[0].acts.clear();
        assert!(upload.entries(SOURCE).is_err());
    }
}
