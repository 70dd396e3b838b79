//! Two quarters of work, day by day: outings, first meetings, later ones, passages, a référente who
//! follows. Drawn from a fixed seed.

use super::clock::DemoClock;
use super::street::{first_encounter, later_encounter, passage};
use super::{Worker, call, territory};
use anyhow::{Result, bail};
use domain::api::Reply;
use domain::api::encounter::{EncounterForm, RecordEncounter, Whom};
use domain::api::outing::{EndOuting, StartOuting};
use domain::api::person::{
    AddFact, EditProfile, NewFact, OpenPerson, ProfileForm, SearchPeople, SetBarrier, SetReferral,
    SettleFollowUp,
};
use domain::api::sync::SyncNow;
use domain::ids::{DraftId, PathwayId};
use domain::pathway::{Episode, Outcome};
use domain::time::{Day, InstantMs};
use domain::vocabulary::*;
use engine::clock::civil_day;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

const SEED: u64 = 2026;
/// Days of work told.
const DAYS: i32 = 182;
const HOUR: InstantMs = 3_600_000;
const MINUTE: InstantMs = 60_000;

/// Records it all; the last of `workers` is the référente.
pub async fn record(workers: &[Worker], clock: &DemoClock) -> Result<()> {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let today = civil_day(engine::clock::Clock::now_ms(clock));
    let [mediators @ .., referent] = workers else { bail!("nobody works in the demonstration") };
    let mut known: Vec<Vec<PathwayId>> = vec![Vec::new(); mediators.len()];
    for day in (1..DAYS).rev().map(|back| today.plus(-back)) {
        if day.weekday() > 4 {
            continue;
        }
        for (n, worker) in mediators.iter().enumerate() {
            if !random.random_ratio(3, 5) {
                continue;
            }
            outing(worker, clock, day, &mut random, &mut known[n]).await?;
        }
        if day.weekday() == 4 {
            for worker in workers {
                clock.set(at(day, 17, 0));
                call(&worker.device, SyncNow {}).await?;
            }
            follow(referent, clock, day, &mut random).await?;
        }
    }
    twice(mediators, referent, clock, today, &known[0]).await
}

/// What a référente finds to check: one person recorded twice, and a value noted differently.
async fn twice(
    mediators: &[Worker],
    referent: &Worker,
    clock: &DemoClock,
    today: Day,
    known: &[PathwayId],
) -> Result<()> {
    let (Some(nadia), [.., first, second, third]) = (mediators.first(), known) else { return Ok(()) };
    clock.set(at(today.plus(-1), 16, 0));
    let household = |household| {
        let profile = ProfileForm { household: Some(household), ..ProfileForm::default() };
        EditProfile { pathway: *first, profile }
    };
    // Writing what is there already would be no change, and nothing would differ.
    call(&nadia.device, household(Household::SingleParent)).await?;
    for worker in [nadia, referent] {
        call(&worker.device, SyncNow {}).await?;
    }
    for (worker, other) in [(nadia, Household::Couple), (referent, Household::Hosted)] {
        call(&worker.device, household(other)).await?;
    }
    let whole = ProfileForm {
        age: Some(AgeBand::From30To39),
        gender: Some(Gender::Woman),
        household: Some(Household::SingleParent),
        residence: Some(territory::places(nadia.sector)[0].1),
        residence_evidence: None,
    };
    for pathway in [second, third] {
        call(&nadia.device, EditProfile { pathway: *pathway, profile: whole.clone() }).await?;
    }
    call(&nadia.device, met_before(*third)).await?;
    call(&nadia.device, SyncNow {}).await?;
    Ok(())
}

/// A later rencontre in which the person says that a colleague had met them before.
fn met_before(pathway: PathwayId) -> RecordEncounter {
    let form = EncounterForm {
        whom: Whom::Known(pathway),
        met_before: Some(YesNo::Yes),
        acts: [Act::Listen].into(),
        ..EncounterForm::default()
    };
    RecordEncounter { draft: DraftId::from_bytes(*b"demo met before!"), form }
}

/// An instant of a day, winter time.
fn at(day: Day, hour: i64, minute: i64) -> InstantMs {
    InstantMs::from(day.0) * 24 * HOUR + (hour - 1) * HOUR + minute * MINUTE
}

async fn outing(
    worker: &Worker,
    clock: &DemoClock,
    day: Day,
    random: &mut ChaCha8Rng,
    known: &mut Vec<PathwayId>,
) -> Result<()> {
    let places = territory::places(worker.sector);
    let (place, contact_place) = places[random.random_range(0..places.len())];
    let begin = 9 + random.random_range(0..5);
    clock.set(at(day, begin, 5));
    call(&worker.device, StartOuting { place: Some(place), contact_place }).await?;
    let mut minute = 12;
    for _ in 0..random.random_range(1..4) {
        clock.set(at(day, begin, minute));
        minute += 9;
        if let Reply::RecordEncounter(recorded) =
            call(&worker.device, first_encounter(random, worker.place)).await?.reply
        {
            known.extend(recorded.pathway);
        }
    }
    for _ in 0..random.random_range(3..9) {
        // Those met last come back most often.
        let recent = known.len().saturating_sub(60);
        let pathway = known[random.random_range(recent..known.len())];
        clock.set(at(day, begin, minute));
        minute += 8;
        call(&worker.device, later_encounter(random, pathway, day)).await?;
    }
    for _ in 0..random.random_range(1..4) {
        clock.set(at(day, begin, minute));
        minute += 4;
        call(&worker.device, passage(random)).await?;
    }
    clock.set(at(day, begin, minute));
    call(&worker.device, EndOuting {}).await?;
    Ok(())
}

/// The référente opens episodes, works on barriers, settles what was due.
async fn follow(worker: &Worker, clock: &DemoClock, day: Day, random: &mut ChaCha8Rng) -> Result<()> {
    let Reply::SearchPeople(found) =
        call(&worker.device, SearchPeople { query: String::new(), limit: 50 }).await?.reply
    else {
        bail!("another reply")
    };
    for hit in found.hits.iter().take(40) {
        clock.set(at(day, 17, 10) + i64::from(random.random_range(0..40_u8)) * MINUTE);
        let pathway = hit.label.pathway;
        let Reply::OpenPerson(page) = call(&worker.device, OpenPerson { pathway }).await?.reply else {
            bail!("another reply")
        };
        if page.episodes.is_empty() && random.random_ratio(1, 2) {
            let fact = NewFact::Episode(Episode {
                entered_on: day,
                entry_reason: EntryReason::Outreach,
                stage: Some(Stage::Welcome),
                exited_on: None,
                exit_reason: None,
            });
            call(&worker.device, AddFact { pathway, id: None, fact }).await?;
        }
        if let Some(barrier) = page.barriers.first().filter(|_| random.random_ratio(2, 3)) {
            let state = match barrier.state {
                BarrierState::Spotted => BarrierState::InProgress,
                _ if random.random_ratio(1, 4) => BarrierState::Abandoned,
                _ => BarrierState::Lifted,
            };
            let request = SetBarrier {
                state: Some(state),
                ..SetBarrier::of(pathway, Some(barrier.id), barrier.domain)
            };
            call(&worker.device, request).await?;
        }
        if let Some(referral) = page.referrals.iter().find(|it| it.state == ReferralState::Sent) {
            let state =
                if random.random_ratio(2, 3) { ReferralState::Accepted } else { ReferralState::NoNews };
            let request = SetReferral {
                pathway,
                referral: Some(referral.id),
                solution: None,
                accompanied: false,
                state,
            };
            call(&worker.device, request).await?;
        }
        for due in page
            .follow_ups
            .iter()
            .filter(|it| it.follow_up.state == FollowUpState::Due && it.follow_up.due <= day.plus(3))
        {
            let state = if random.random_ratio(1, 5) { FollowUpState::Absent } else { FollowUpState::Kept };
            call(&worker.device, SettleFollowUp { pathway, follow_up: due.id, state }).await?;
        }
        if random.random_ratio(1, 14) {
            let kind = OutcomeKind::ALL[random.next_u32() as usize % 6];
            let fact =
                NewFact::Outcome(Outcome { kind, from: day, to: None, at_3_months: None, at_6_months: None });
            call(&worker.device, AddFact { pathway, id: None, fact }).await?;
        }
    }
    Ok(())
}
