//! Reading the audit: lines with names, and which chains do not hold.

use super::{About, SERVER};
use crate::error::EngineError;
use crate::store::{Store, audit};
use document::audit::AuditEntry;
use document::control::{Chain, Member};
use document::{Hash, SignerId};
use domain::ids::{DeviceId, UserId};
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// An entry as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLine {
    /// When, by the clock of where it was done.
    pub at_ms: InstantMs,
    /// Whose act; none for the administrator's commands and refused sign-ins.
    pub user: Option<UserId>,
    /// Name of the user.
    pub who: Option<Arc<str>>,
    /// Where; none on the server.
    pub source: Option<DeviceId>,
    /// Name of the device; none for the server.
    pub device: Option<Arc<str>>,
    /// What; none for an act of a later version.
    pub act: Option<AuditAct>,
    /// Pseudonym of the person it is about, in hexadecimal digits.
    pub about: Option<String>,
}

/// A chain.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainState {
    /// Whose it is; none: the server's own.
    pub source: Option<DeviceId>,
    /// Name of the device.
    pub device: Option<Arc<str>>,
    /// Names of its users.
    pub users: Vec<String>,
    /// Entries that are here.
    pub entries: u32,
    /// When the last of them was made.
    pub last_ms: Option<InstantMs>,
    /// Its end: place and hash.
    pub end: (u64, Hash),
    /// The place from which on it does not hold.
    pub broken_from: Option<u64>,
    /// A device has noted, and signed, another end of the server's chain than is here.
    pub contradicted: bool,
}

/// The audit of this store.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuditReport {
    /// Entries, newest first.
    pub lines: Vec<AuditLine>,
    /// Every chain, the server's first.
    pub chains: Vec<ChainState>,
}

impl AuditReport {
    /// How many chains hold.
    pub fn whole(&self) -> usize {
        self.chains.iter().filter(|it| it.broken_from.is_none()).count()
    }

    /// Chains that do not hold: the device (none: the server's own), and the place from which on.
    pub fn broken(&self) -> Vec<(Option<&str>, u64)> {
        self.chains.iter().filter_map(|it| Some((it.device.as_deref(), it.broken_from?))).collect()
    }
}

/// Ends of chains whose signatures were verified before. The hash of an end stands for everything before
/// it, so that only what was added since is verified again; hashes always are.
#[derive(Debug, Default)]
pub struct Verified(HashMap<[u8; 16], (u64, Hash)>);

/// Reads and verifies every chain of the server.
///
/// # Errors
/// What SQLite refuses, or a membership chain that does not hold.
pub fn read(store: &Store, verified: &mut Verified) -> Result<AuditReport, EngineError> {
    let mut reader = Reader { store, chain: store.chain()?, names: HashMap::new(), own: BTreeMap::new() };
    let mut report = AuditReport::default();
    let mut sources = audit::sources(store.connection())?;
    // The server's first: what devices have seen of it is compared with it.
    sources.sort_by_key(|source| *source != SERVER);
    let mut contradicted: Option<u64> = None;
    for source in sources {
        let known = verified.0.get(&source).copied();
        let walked = reader.walk(source, known, &mut report.lines)?;
        match walked.state.broken_from {
            None => verified.0.insert(source, walked.state.end),
            Some(_) => verified.0.remove(&source),
        };
        contradicted = [contradicted, walked.contradicts].into_iter().flatten().min();
        report.chains.push(walked.state);
    }
    if let (Some(place), Some(own)) = (contradicted, report.chains.iter_mut().find(|it| it.source.is_none()))
    {
        own.broken_from = Some(own.broken_from.map_or(place, |it| it.min(place)));
        own.contradicted = true;
    }
    report.lines.sort_by_key(|line| std::cmp::Reverse(line.at_ms));
    Ok(report)
}

struct Reader<'a> {
    store: &'a Store,
    chain: Chain,
    names: HashMap<UserId, Option<Arc<str>>>,
    /// Hashes of the server's own chain by place, from its beginning here.
    own: BTreeMap<u64, Hash>,
}

struct Walked {
    state: ChainState,
    /// First place of the server's chain at which this device had seen another hash.
    contradicts: Option<u64>,
}

impl Reader<'_> {
    /// Walks a chain from its beginning.
    fn walk(
        &mut self,
        source: [u8; 16],
        known: Option<(u64, Hash)>,
        lines: &mut Vec<AuditLine>,
    ) -> Result<Walked, EngineError> {
        let connection = self.store.connection();
        let of = (source != SERVER).then(|| DeviceId::from_bytes(source));
        let device = of.map(|id| self.device_name(id));
        let (mut last, mut hash) = audit::anchor(connection, source)?;
        if of.is_none() {
            self.own.insert(last, hash);
        }
        let mut broken = audit::gap(connection, source)?;
        let mut contradicts: Option<u64> = None;
        let (mut entries, mut last_ms, mut met) = (0, None, false);
        let mut cover = Cover::default();
        for bytes in audit::from(connection, source, 0, u32::MAX)? {
            entries += 1;
            let read = minicbor::decode::<AuditEntry>(&bytes).ok().and_then(|it| Some((it.body().ok()?, it)));
            let Some((body, entry)) = read else {
                broken = broken.or(Some(last + 1));
                continue;
            };
            let before = known.is_some_and(|(end, _)| body.seq <= end);
            let follows = body.seq == last + 1 && *body.previous == hash && *body.source == source;
            let signed = self.is_signed(of, &entry, before);
            // One that is covered by a later one has no signature to tell that it was changed itself.
            let changed = cover.since().filter(|_| body.seq == last + 1 && *body.previous != hash);
            let changed = changed.map(|_| last);
            let uncovered = if before { None } else { cover.take(last + 1, &entry, signed) };
            if !follows || !signed || uncovered.is_some() {
                let place = uncovered.or(changed).unwrap_or(last + 1);
                broken = Some(broken.map_or(place, |it| it.min(place)));
            }
            (last, hash) = (body.seq, entry.hash());
            met |= known == Some((last, hash));
            if of.is_none() {
                self.own.insert(last, hash);
            }
            if let Some(seen) = body.seen.filter(|seen| self.contradicts(seen.count, *seen.hash)) {
                contradicts = Some(contradicts.map_or(seen.count, |it: u64| it.min(seen.count)));
            }
            last_ms = Some(body.at_ms);
            let user = body.user();
            lines.push(AuditLine {
                at_ms: body.at_ms,
                user,
                who: user.and_then(|user| self.name_of(user)),
                source: of,
                device: device.clone(),
                act: body.act(),
                about: body.about.map(|it| hex(&it)),
            });
        }
        // What was taken on the word of an end that is no longer here, or stands in a chain that does not
        // hold, is looked at after all.
        if known.is_some() && (!met || broken.is_some()) {
            return self.again(source, lines, entries);
        }
        if let Some(place) = cover.since() {
            broken = Some(broken.map_or(place, |it| it.min(place)));
        }
        // The last entry here must be the one its row says it is: a row taken off the end shows in the next upload.
        if audit::end(connection, source)? != (last, hash) {
            broken = broken.or(Some(last));
        }
        let users = of.map(|id| self.users(id)).unwrap_or_default();
        let end = (last, hash);
        let state = ChainState {
            source: of,
            device,
            users,
            entries,
            last_ms,
            end,
            broken_from: broken,
            contradicted: false,
        };
        Ok(Walked { state, contradicts })
    }

    fn again(
        &mut self,
        source: [u8; 16],
        lines: &mut Vec<AuditLine>,
        read: u32,
    ) -> Result<Walked, EngineError> {
        lines.truncate(lines.len().saturating_sub(read as usize));
        self.walk(source, None, lines)
    }

    /// Whether an entry is signed by whom its chain belongs to, or waits for one that covers it; `before`: it
    /// was verified.
    fn is_signed(&self, of: Option<DeviceId>, entry: &AuditEntry, before: bool) -> bool {
        let Some(device) = of else {
            return before || entry.verify(self.chain.founder()).is_ok();
        };
        let member = entry.signer().and_then(|signer| self.chain.member(&signer));
        let holds = |it: &Member| before || entry.is_covered() || entry.verify(&it.sign).is_ok();
        member.is_some_and(|it| it.device == device && holds(it))
    }

    /// Whether the server's chain here is another than a device has seen. What is older than its
    /// beginning here cannot be compared any more.
    fn contradicts(&self, count: u64, hash: Hash) -> bool {
        let first = self.own.keys().next().copied().unwrap_or(0);
        count >= first && self.own.get(&count) != Some(&hash)
    }

    fn device_name(&self, device: DeviceId) -> Arc<str> {
        let found = self.chain.members().find(|(_, it)| it.device == device);
        found.map_or("?", |(_, it)| it.device_name.as_str()).into()
    }

    fn users(&self, device: DeviceId) -> Vec<String> {
        let all = self.chain.members().filter(|(_, it)| it.device == device);
        let mut names: Vec<String> = all.map(|(_, it)| it.user_name.clone()).collect();
        names.sort();
        names.dedup();
        names
    }

    fn name_of(&mut self, user: UserId) -> Option<Arc<str>> {
        let (chain, store) = (&self.chain, self.store);
        let find = || {
            let member = chain.members().find(|(_, it)| it.user == user).map(|(_, it)| it.user_name.clone());
            member.or_else(|| store.account_name(user).ok().flatten()).map(Arc::from)
        };
        self.names.entry(user).or_insert_with(find).clone()
    }
}

/// Entries without a signature of their own, until the entry that covers them.
#[derive(Default)]
struct Cover(Option<(u64, Option<SignerId>)>);

impl Cover {
    /// Goes on by an entry; the place from which on entries were left without a signature.
    fn take(&mut self, place: u64, entry: &AuditEntry, signed: bool) -> Option<u64> {
        let waiting = self.0.take();
        let other = waiting.filter(|(_, signer)| *signer != entry.signer() || !signed).map(|(from, _)| from);
        if entry.is_covered() {
            let from = waiting.filter(|_| other.is_none()).map_or(place, |(from, _)| from);
            self.0 = Some((from, entry.signer()));
        }
        other
    }

    /// The first entry that nothing has covered yet.
    fn since(&self) -> Option<u64> {
        self.0.map(|(from, _)| from)
    }
}

/// Hexadecimal digits of a pseudonym.
pub(crate) fn hex(about: &About) -> String {
    about.iter().map(|byte| format!("{byte:02x}")).collect()
}
