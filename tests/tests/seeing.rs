//! Who sees a person of whom no place is known: nobody is left to their author alone.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::encounter::{EncounterForm, RecordEncounter, Whom};
use domain::api::member::{ChangeMember, ListMembers};
use domain::api::person::{OpenPerson, SearchPeople};
use domain::ids::{PathwayId, SectorId};
use domain::location::Location;
use domain::role::Role;
use engine::device::Device;
use journeys::forms::{first_encounter, later_encounter};
use journeys::{NORTH, SOUTH, World, call, place_in, synchronise};

/// Somebody met nobody noted where, who lives in a place or none.
async fn met_nowhere(device: &Device, n: u8, residence: Option<Location>) -> PathwayId {
    let mut first = first_encounter(n, place_in(NORTH));
    first.form.contact_place = None;
    let Whom::New(person) = &mut first.form.whom else { panic!("somebody new") };
    person.profile.residence = residence;
    call(device, first).await.unwrap().pathway.unwrap()
}

async fn sees(device: &Device, pathway: PathwayId) -> bool {
    synchronise(device).await;
    let all = SearchPeople { query: String::new(), limit: 50 };
    let listed = call(device, all).await.unwrap().hits.iter().any(|hit| hit.label.pathway == pathway);
    assert_eq!(listed, call(device, OpenPerson { pathway }).await.is_ok(), "listed and opened alike");
    listed
}

/// Nadia, mediator of the north; référents of her organisation in the north and in the south, and of another
/// organisation in the north; a colleague of hers in the north.
struct Scene {
    world: World,
    nadia: Device,
    ines: Device,
    lucie: Device,
    omar: Device,
    samir: Device,
}

impl Scene {
    async fn begin() -> Self {
        let world = World::begin().await;
        let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
        let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
        let lucie = world.joined("Lucie S.", Role::Referent, vec![SOUTH]).await;
        let omar = world.joined_of("Autre Inventée", "Omar K.", Role::Referent, vec![NORTH]).await;
        let samir = world.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
        Self { world, nadia, ines, lucie, omar, samir }
    }

    /// Who sees a person: her référente, the one of the south, the other organisation's, her colleague.
    async fn seen(&self, pathway: PathwayId) -> [bool; 4] {
        [
            sees(&self.ines, pathway).await,
            sees(&self.lucie, pathway).await,
            sees(&self.omar, pathway).await,
            sees(&self.samir, pathway).await,
        ]
    }
}

#[tokio::test]
async fn whom_no_place_is_known_of_is_seen_by_the_referents_of_their_mediator() {
    let scene = Scene::begin().await;
    let pathway = met_nowhere(&scene.nadia, 1, None).await;
    synchronise(&scene.nadia).await;
    assert_eq!(scene.seen(pathway).await, [true, false, false, false]);
    // Met in the south: a place is known, and decides from now on.
    call(&scene.nadia, later_encounter(2, pathway, place_in(SOUTH))).await.unwrap();
    synchronise(&scene.nadia).await;
    assert_eq!(scene.seen(pathway).await, [false, true, false, false]);
    assert!(sees(&scene.nadia, pathway).await, "she met them");
}

#[tokio::test]
async fn the_residence_decides_where_no_place_of_a_meeting_is_known() {
    let scene = Scene::begin().await;
    let pathway = met_nowhere(&scene.nadia, 1, Some(place_in(SOUTH))).await;
    synchronise(&scene.nadia).await;
    assert_eq!(scene.seen(pathway).await, [false, true, false, false]);
}

#[tokio::test]
async fn whoever_lives_outside_every_sector_is_not_left_to_their_mediator_alone() {
    let scene = Scene::begin().await;
    let pathway = met_nowhere(&scene.nadia, 1, Some("out:99999".parse().unwrap())).await;
    synchronise(&scene.nadia).await;
    assert_eq!(scene.seen(pathway).await, [true, false, false, false]);
}

#[tokio::test]
async fn a_mediator_who_goes_to_another_sector_does_not_take_the_people_of_nowhere_along() {
    let scene = Scene::begin().await;
    synchronise(&scene.ines).await;
    journeys::member::establish(&scene.ines).await;
    synchronise(&scene.ines).await;
    let sectors: Vec<SectorId> = vec![SOUTH];
    let pathway = met_nowhere(&scene.nadia, 1, None).await;
    synchronise(&scene.nadia).await;
    let members = call(&scene.ines, ListMembers {}).await.unwrap();
    let user = members.people.iter().find(|it| it.name == "Nadia B.").unwrap().user;
    call(&scene.ines, ChangeMember { user, role: Role::Mediator, sectors }).await.unwrap();
    synchronise(&scene.ines).await;
    assert_eq!(scene.seen(pathway).await, [true, true, false, false], "whose it was, and whose she is now");
    drop(scene.world);
}

#[tokio::test]
async fn what_is_written_about_somebody_of_nowhere_is_taken_from_their_referent() {
    let scene = Scene::begin().await;
    let pathway = met_nowhere(&scene.nadia, 1, None).await;
    synchronise(&scene.nadia).await;
    synchronise(&scene.ines).await;
    let form =
        EncounterForm { whom: Whom::Known(pathway), ..later_encounter(2, pathway, place_in(NORTH)).form };
    let form = EncounterForm { contact_place: None, ..form };
    call(&scene.ines, RecordEncounter { draft: journeys::forms::draft(9), form }).await.unwrap();
    let state = synchronise(&scene.ines).await;
    assert_eq!((state.to_send, state.set_aside), (0, 0));
    synchronise(&scene.nadia).await;
    assert_eq!(call(&scene.nadia, OpenPerson { pathway }).await.unwrap().hit.encounters, 2);
}
