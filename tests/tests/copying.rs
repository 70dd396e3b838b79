//! Right of access: the copy holds every fact that was recorded, with who wrote it and when, and says
//! what it cannot read.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::copy::{CopyForPerson, CopyMade};
use domain::api::encounter::AmendEncounter;
use domain::api::ledger::{AddLedgerEntry, LedgerActKind};
use domain::api::person::*;
use domain::copy::AccessCopy;
use domain::ids::PathwayId;
use domain::pathway::{Episode, Outcome, Situation};
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::*;
use engine::device::Device;
use journeys::consent::agree;
use journeys::forms::*;
use journeys::member::establish;
use journeys::person::met;
use journeys::{NORTH, World, call, synchronise};
use serde_json::Value;

async fn copy(device: &Device, pathway: PathwayId) -> (CopyMade, AccessCopy) {
    let made = call(device, CopyForPerson { pathway }).await.unwrap();
    let data = serde_json::from_str(&made.data).unwrap();
    (made, data)
}

/// Everything that can be noted of a person, some of it twice.
async fn note_everything(tablet: &Device) -> PathwayId {
    let pathway = met(tablet, 1).await;
    let profile = ProfileForm { age: Some(AgeBand::From26To29), ..ProfileForm::default() };
    call(tablet, EditProfile { pathway, profile }).await.unwrap();
    let page = call(tablet, OpenPerson { pathway }).await.unwrap();
    let change = SetBarrier {
        objectives: Some(["24/2".to_owned()].into()),
        state: Some(BarrierState::Lifted),
        impact: Some(Impact::Weak),
        ..SetBarrier::of(pathway, Some(page.barriers[0].id), BarrierDomain::Family)
    };
    call(tablet, change).await.unwrap();
    let (need, kind) = (Some(page.needs[0].id), NeedKind::Job);
    call(tablet, SetNeed { pathway, need, kind, state: NeedState::Met }).await.unwrap();
    let due = Day(30_000);
    call(tablet, AddFollowUp { pathway, kind: FollowUpKind::GoWith, due }).await.unwrap();
    let episode = Episode {
        entered_on: Day(20_000),
        entry_reason: EntryReason::Outreach,
        stage: Some(Stage::Project),
        exited_on: Some(Day(20_100)),
        exit_reason: Some(ExitReason::Moved),
    };
    let situation = Situation {
        on: Day(20_001),
        moment: SituationMoment::Entry,
        activity: Some(Activity::Unemployed),
        registration: Some(Registration::Lapsed),
        education: Some(Education::Foreign),
        time_without_work: Some(TimeWithoutWork::Over24Months),
        rsa: Some(YesNo::Yes),
        followed: Some(YesNo::NotRaised),
    };
    let outcome = Outcome {
        kind: OutcomeKind::Permanent,
        from: Day(20_050),
        to: None,
        at_3_months: Some(YesNo::Yes),
        at_6_months: Some(YesNo::NotTold),
    };
    for fact in [NewFact::Episode(episode), NewFact::Situation(situation), NewFact::Outcome(outcome)] {
        call(tablet, AddFact { pathway, id: None, fact }).await.unwrap();
    }
    let named = NamedParts {
        family_name: Some("Tournesolle".into()),
        birth_date: Some(Day(11_111)),
        phone_shared: Some(true),
        voice_message: Some(false),
        sms: Some(true),
        safe_hours: Some("le matin, école".into()),
        introduce_as: Some("l’association".into()),
        email: Some("zebulonne@exemple.invalid".into()),
        address: Some("1 rue Inventée".into()),
        notes: vec![NoteView { id: None, text: "préfère <le marché> & le matin".into(), on: Day(0) }],
        ..NamedParts::default()
    };
    call(tablet, WritePart { pathway, named }).await.unwrap();
    let encounter = page.timeline.iter().find_map(|it| it.id).unwrap();
    let amend = AmendEncounter {
        pathway,
        encounter,
        on: None,
        medium: Some(Medium::Phone),
        duration: Some(DurationBand::Over30),
        contact_place: None,
        acts: None,
        void: None,
    };
    call(tablet, amend).await.unwrap();
    let refusal = LedgerActKind::Refusal { purpose: Purpose::ShareContact };
    call(tablet, AddLedgerEntry { pathway, act: act(refusal) }).await.unwrap();
    pathway
}

/// Every text and number of a JSON value.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|it| leaves(it, found)),
        Value::Object(fields) => fields.values().for_each(|it| leaves(it, found)),
        Value::Bool(_) | Value::Null => {}
    }
}

#[tokio::test]
async fn every_fact_recorded_about_a_person_stands_in_the_copy_with_its_author_and_day() {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let pathway = note_everything(&tablet).await;
    let (made, data) = copy(&tablet, pathway).await;
    // What the page of the person shows: each value as it stands in the documents.
    let page = call(&tablet, OpenPerson { pathway }).await.unwrap();
    let mut shown = Vec::new();
    for part in [
        serde_json::to_value(&page.episodes).unwrap(),
        serde_json::to_value(&page.situations).unwrap(),
        serde_json::to_value(&page.outcomes).unwrap(),
        serde_json::to_value(&page.named).unwrap(),
        serde_json::to_value(page.follow_ups.iter().map(|it| &it.follow_up).collect::<Vec<_>>()).unwrap(),
        serde_json::to_value(
            page.needs.iter().map(|it| (it.id, it.kind, it.state, it.on)).collect::<Vec<_>>(),
        )
        .unwrap(),
        serde_json::to_value((&page.barriers[0].id, page.barriers[0].state, page.barriers[0].impact))
            .unwrap(),
        serde_json::to_value((&page.hit.age, &page.hit.gender, &page.hit.household, &page.hit.residence))
            .unwrap(),
    ] {
        leaves(&part, &mut shown);
    }
    assert!(shown.len() > 40, "{shown:?}");
    let values = data.record.iter().chain(data.parts.iter().flat_map(|it| &it.sections));
    let facts: Vec<_> = values.flat_map(|it| &it.facts).collect();
    let held: Vec<&str> = facts
        .iter()
        .flat_map(|it| it.id.as_deref().into_iter().chain(it.values.iter().map(|it| it.value.as_str())))
        .collect();
    for it in &shown {
        assert!(held.contains(&it.as_str()), "{it} is on the page and not in the copy");
    }
    // Sealed situations, earlier values, the ledger, in words of the document.
    for words in [
        "Zébulonne",
        "Tournesolle",
        PHONE,
        NOTE,
        "préfère &lt;le marché&gt; &amp; le matin",
        "avant : tranche d’âge : 18 à 25 ans <span class=by>(noté par nadia b. (association inventée), le ",
        "26 à 29 ans",
        "Information donnée (texte 1, langue : fr)",
        "Refus : Partager ses coordonnées",
        "Attend un enfant ou plus",
        "sans solution de garde",
        "Commune inventée",
    ] {
        let page = made.page.to_lowercase();
        assert!(page.contains(&words.to_lowercase()), "{words} is not on the page");
    }
    let values = facts.iter().flat_map(|it| &it.values);
    for it in values {
        assert!(
            it.by.name.as_deref() == Some("Nadia B.") && it.by.on.is_some(),
            "{} has no author",
            it.field
        );
    }
    assert_eq!((made.sealed_for_others, data.parts.iter().any(|it| !it.only_here)), (0, false));
    assert_eq!(made.file_stem, format!("droit-acces-{}", data.made_on), "the name of the file names nobody");
}

#[tokio::test]
async fn a_copy_says_what_is_sealed_for_others_and_the_server_s_holds_no_name() {
    let world = World::begin().await;
    let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
    establish(&ines).await;
    let nadia = world.let_in(&ines, "Nadia B.", Role::Mediator, vec![NORTH]).await;
    let pathway = note_everything(&nadia).await;
    agree(&nadia, pathway, &[Purpose::Recognise, Purpose::ShareNotes]).await;
    for device in [&nadia, &ines, &nadia, &ines] {
        synchronise(device).await;
    }
    let (made, data) = copy(&ines, pathway).await;
    assert!(made.page.contains("Zébulonne") && made.page.contains(NOTE), "what was shared with her");
    assert!(!made.page.contains("Tournesolle"), "identity was not shared");
    let recognition = data.parts.iter().find(|it| it.part == "recognition").unwrap();
    assert_eq!(recognition.shared_with, ["Association Inventée"]);
    // The server: coded facts, the ledger, how much is sealed and whose; no name.
    let copy = world
        .cite
        .store(|store| engine::copy::on_server(store, pathway, Day(20_500)))
        .unwrap()
        .expect("the server knows the pathway");
    let page = domain::copy::page(&copy);
    assert!(page.contains("CDI") && page.contains("Refus : Partager ses coordonnées"));
    for secret in ["Zébulonne", "Tournesolle", PHONE, NOTE] {
        assert!(!page.contains(secret), "the server shows {secret}");
    }
    let sealed = copy.parts.iter().find(|it| it.part == "recognition").unwrap();
    assert!(sealed.sealed_for_others > 0 && sealed.sealed_by[0].name.as_deref() == Some("Nadia B."));
    let unknown = PathwayId::from_bytes([0xAB; 16]);
    assert!(world.cite.store(|store| engine::copy::on_server(store, unknown, Day(1))).unwrap().is_none());
}
