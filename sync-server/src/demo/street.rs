//! What invented people say in the street.

use super::territory;
use domain::api::encounter::*;
use domain::api::ledger::{Circumstances, LedgerAct, LedgerActKind};
use domain::api::person::{NamedParts, ProfileForm};
use domain::catalogue;
use domain::ids::{DraftId, PathwayId};
use domain::location::Location;
use domain::time::Day;
use domain::vocabulary::*;
use rand::{Rng as _, RngExt as _};
use rand_chacha::ChaCha8Rng;

/// First names of nobody.
const FIRST_NAMES: [&str; 24] = [
    "Aldoria",
    "Bélisandre",
    "Cyprianne",
    "Dorvélise",
    "Elmire",
    "Fantinou",
    "Gaspardine",
    "Hélianthe",
    "Ismérie",
    "Jolianne",
    "Kallista",
    "Lubinette",
    "Merlinou",
    "Nérédith",
    "Ondinel",
    "Perlimène",
    "Quirinette",
    "Rosalbin",
    "Séraphinou",
    "Tiburce",
    "Ursuline",
    "Valdémar",
    "Wenceslas",
    "Zéphirine",
];

fn pick<T: Copy>(random: &mut ChaCha8Rng, from: &[T]) -> T {
    from[random.random_range(0..from.len())]
}

fn draft(random: &mut ChaCha8Rng) -> DraftId {
    let mut bytes = [0; 16];
    random.fill_bytes(&mut bytes);
    DraftId::from_bytes(bytes)
}

fn act(kind: LedgerActKind) -> LedgerAct {
    LedgerAct { kind, circumstances: Circumstances::default() }
}

/// Someone met for the first time.
pub fn first_encounter(random: &mut ChaCha8Rng, sector: usize) -> RecordEncounter {
    use AgeBand::*;
    let residence = match random.random_range(0..20) {
        0 => Location::NotTold,
        1 => Location::NoStableHome,
        n => Location::Qpv(territory::qpv(2 * sector + usize::from(n % 3 == 0))),
    };
    let profile = ProfileForm {
        age: Some(pick(
            random,
            &[
                From16To17, From18To25, From18To25, From26To29, From30To39, From30To39, From40To49,
                From50To59, From60, NotTold,
            ],
        )),
        gender: Some(pick(random, &[Gender::Woman, Gender::Woman, Gender::Man, Gender::NotTold])),
        household: Some(pick(
            random,
            &[
                Household::Alone,
                Household::SingleParent,
                Household::CoupleWithChildren,
                Household::Couple,
                Household::Hosted,
            ],
        )),
        residence: Some(residence),
        residence_evidence: Some(domain::vocabulary::Evidence::Declared),
    };
    let named = NamedParts {
        first_name: random.random_ratio(3, 4).then(|| pick(random, &FIRST_NAMES).to_owned()),
        initial: random
            .random_ratio(1, 2)
            .then(|| char::from(b'A' + random.random_range(0..26_u8)).to_string()),
        phone: random.random_ratio(1, 3).then(|| {
            format!("06 39 98 {:02} {:02}", random.random_range(0..100), random.random_range(0..100))
        }),
        ..NamedParts::default()
    };
    let mut ledger = vec![act(LedgerActKind::Notice { version: 1, language: "fr".into() })];
    if random.random_ratio(2, 5) {
        let purpose = Purpose::Recognise;
        ledger.push(if random.random_ratio(1, 6) {
            act(LedgerActKind::Refusal { purpose })
        } else {
            act(LedgerActKind::Agreement {
                purpose,
                organisations: vec![],
                excluded: vec![],
                channel: None,
                until: None,
                partner: None,
            })
        });
    }
    let barriers = barriers(random);
    let referrals = referrals(random, &barriers);
    let form = EncounterForm {
        whom: Whom::New(Box::new(NewPerson { profile, named })),
        medium: Some(Medium::Street),
        ledger,
        needs: (0..random.random_range(1..3)).map(|_| pick(random, NeedKind::ALL)).collect(),
        barriers,
        acts: [Act::Listen, pick(random, Act::ALL)].into(),
        referrals,
        duration: Some(pick(random, DurationBand::ALL)),
        met_before: Some(YesNo::No),
        ..EncounterForm::default()
    };
    RecordEncounter { draft: draft(random), form }
}

fn barriers(random: &mut ChaCha8Rng) -> Vec<BarrierForm> {
    use BarrierDomain::*;
    let mut chosen: Vec<BarrierForm> = Vec::new();
    for _ in 0..random.random_range(0..4) {
        let domain = pick(
            random,
            &[
                Family,
                Family,
                Family,
                Mobility,
                Mobility,
                Literacy,
                Housing,
                Health,
                Digital,
                Finances,
                Administrative,
                Confidence,
            ],
        );
        if chosen.iter().any(|it| it.domain == domain) {
            continue;
        }
        let open: Vec<&str> =
            catalogue::situations(domain).filter(|it| !it.sealed).map(|it| it.code).collect();
        let situations =
            if open.is_empty() { Default::default() } else { [pick(random, &open).to_owned()].into() };
        chosen.push(BarrierForm {
            domain,
            situations,
            impact: Some(pick(random, Impact::ALL)),
            priority: Some(pick(random, Priority::ALL)),
        });
    }
    chosen
}

fn referrals(random: &mut ChaCha8Rng, barriers: &[BarrierForm]) -> Vec<ReferralForm> {
    let Some(barrier) = barriers.first().filter(|_| random.random_ratio(2, 5)) else { return Vec::new() };
    let solutions = territory::solutions();
    let solution = solutions.iter().find(|it| it.domains().contains(&barrier.domain));
    let referral = |id| ReferralForm {
        solution: id,
        domain: Some(barrier.domain),
        accompanied: random.random_ratio(1, 4),
    };
    solution.map(|it| it.id).map(referral).into_iter().collect()
}

/// Someone met again.
pub fn later_encounter(random: &mut ChaCha8Rng, pathway: PathwayId, day: Day) -> RecordEncounter {
    let next = random.random_ratio(1, 3).then(|| NextStep {
        kind: pick(random, FollowUpKind::ALL),
        due: day.plus(random.random_range(2..15)),
    });
    let form = EncounterForm {
        whom: Whom::Known(pathway),
        medium: Some(pick(random, &[Medium::Street, Medium::Street, Medium::Desk, Medium::Phone])),
        acts: [pick(random, Act::ALL)].into(),
        barriers: if random.random_ratio(1, 6) { barriers(random) } else { Vec::new() },
        duration: Some(pick(random, DurationBand::ALL)),
        next,
        ..EncounterForm::default()
    };
    RecordEncounter { draft: draft(random), form }
}

/// People met without a name.
pub fn passage(random: &mut ChaCha8Rng) -> RecordPassage {
    let headcount = random.random_range(1..9);
    let form = PassageForm {
        headcount,
        women: random.random_range(0..=headcount),
        young: random.random_range(0..=headcount),
        leaflets: random.random_range(0..=headcount),
        refused: random.random_ratio(1, 15),
        ..PassageForm::default()
    };
    RecordPassage { draft: draft(random), form }
}
