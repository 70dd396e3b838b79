//! Every kind of thing that is signed, by a device of every role with software of its own, against the server's half.

use crate::kinds::{TABLE, WHO};
use automerge::ROOT;
use automerge::transaction::Transactable as _;
use document::control::*;
use document::{DocumentKey, Edit, SignerId, SignerKey};
use domain::api::ledger::LedgerActKind;
use domain::api::outing::StartOuting;
use domain::api::today::ReadToday;
use domain::ids::{DeviceId, OrganisationId, OutingId, PathwayId, SolutionId};
use domain::role::Role;
use domain::time::Day;
use domain::vocabulary::*;
use engine::clock::{SystemClock, civil};
use engine::sync::Outcome;
use journeys::consent::share_all;
use journeys::foreign::{Foreign, pathway};
use journeys::forms::{act, agreement, first_encounter, notice};
use journeys::wire::{Answers, Upload};
use journeys::{NORTH, SOUTH, World, call, me, member, place_in, synchronise};
use minicbor::bytes::ByteVec;

/// A founded cité, and what the signed things are about.
struct Ground {
    world: World,
    /// Signs.
    signer: Foreign,
    /// Brings what was signed.
    token: Vec<u8>,
    /// A mediator of the north, the one of whom others sign.
    other: Foreign,
    /// A person whom a colleague met, all parts shared with the team.
    person: PathwayId,
    /// Another one, likewise.
    another: PathwayId,
    /// A colleague's outing.
    outing: DocumentKey,
    organisation: OrganisationId,
}

impl Ground {
    /// The ground for a column of the table.
    async fn of(column: usize) -> Self {
        let world = World::begin().await;
        let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
        let nadia = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
        let other = Foreign::join(&world, 1, vec![NORTH]).unwrap();
        let (role, sector) = match column {
            1 => (Role::Referent, NORTH),
            2 => (Role::Coordinator, NORTH),
            3 => (Role::Administrator, NORTH),
            4 => (Role::Mediator, SOUTH),
            _ => (Role::Mediator, NORTH),
        };
        let code = world.invite_as("Personne M.", role, vec![sector]);
        let signer = Foreign::join_with(&world, 2, &code).unwrap();
        let referent =
            Foreign::join_with(&world, 3, &world.invite_as("Maud R.", Role::Referent, vec![NORTH])).unwrap();
        member::establish(&ines).await;
        let mut people = Vec::new();
        for n in [9, 10] {
            let met = call(&nadia, first_encounter(n, place_in(NORTH))).await.unwrap().pathway.unwrap();
            share_all(&nadia, met).await;
            people.push(met);
        }
        call(&nadia, StartOuting { place: None, contact_place: place_in(NORTH) }).await.unwrap();
        for device in [&nadia, &ines, &nadia] {
            synchronise(device).await;
        }
        let outing = call(&nadia, ReadToday {}).await.unwrap().outing.unwrap().id;
        let outing = DocumentKey::first(DocumentKind::Outing, outing);
        let token = match column {
            5 => other.token.clone(),
            6 => referent.token.clone(),
            _ => signer.token.clone(),
        };
        if column >= 5 {
            world.cite.revoke(DeviceId::from_bytes([2; 16])).unwrap();
        }
        let organisation = me(&nadia).await.unwrap().organisation;
        let (person, another) = (people[0], people[1]);
        Self { world, signer, token, other, person, another, outing, organisation }
    }

    /// Sends an upload; what the server says of the last thing in it.
    fn offer(&self, upload: Upload) -> Outcome {
        let said = Answers::of(&self.world.cite, &self.token, &upload);
        *[&said.sealed, &said.wraps, &said.groups, &said.controls]
            .into_iter()
            .find_map(|all| all.last())
            .unwrap()
    }

    fn control(&self, record: ByteVec) -> Outcome {
        self.offer(Upload { controls: vec![record], ..Upload::empty() })
    }

    fn record(&self, kind: RecordKind, body: &impl minicbor::Encode<()>) -> Outcome {
        self.control(minicbor::to_vec(Record::sign(kind, body, &self.signer.signer)).unwrap().into())
    }

    fn edit(&self, key: DocumentKey, edit: Edit) -> Outcome {
        let change = self.signer.edited(key, &[edit]);
        self.offer(Upload { batches: vec![self.signer.one(key, &change)], ..Upload::empty() })
    }

    /// Something readable of a kind, as far as it can be written at all.
    fn readable(&self, kind: DocumentKind) -> Outcome {
        let key = DocumentKey { kind, ..pathway_of(self.person) };
        let bytes = self.signer.written(|tx| tx.put(ROOT, "age", "18_25").unwrap());
        self.offer(Upload { batches: vec![self.signer.bytes(key, bytes)], ..Upload::empty() })
    }

    fn sealed(&self, kind: DocumentKind) -> Outcome {
        let ledger = self.world.cite.store(|store| store.ledger(self.person)).unwrap();
        let relied_on = ledger.grant(kind.shared_for().unwrap(), today()).unwrap().relied_on;
        let key = DocumentKey { kind, ..pathway_of(self.person) };
        let sealed = vec![self.signer.sealed_under(key, self.signer.actor(), relied_on)];
        self.offer(Upload { sealed, ..Upload::empty() })
    }

    fn say(&self, about: PathwayId, kind: LedgerActKind) -> Outcome {
        self.control(self.signer.act(pathway_of(about), &act(kind)))
    }

    fn epoch(&self, to: SignerId) -> Outcome {
        let group = GroupId { organisation: self.organisation, sector: NORTH };
        let sealed = [(to, vec![1; 80])];
        let body = EpochBody::new(group, 9, self.chain().length(), [9; 32], sealed, Some(vec![1; 80]));
        self.record(RecordKind::Epoch, &body)
    }

    fn escrow(&self, of: &Foreign, to: Option<&Foreign>) -> Outcome {
        let sealed = to.map(|it| (it.signer.id(), vec![1; 80]));
        let body = EscrowBody::new(device(of), self.chain().length(), sealed, vec![1; 80]);
        self.record(RecordKind::Escrow, &body)
    }

    fn erase(&self, cause: ErasureCause) -> Outcome {
        let body = ErasureBody::new(self.another, 1, today(), cause, self.chain().length());
        self.record(RecordKind::Erasure, &body)
    }

    fn step(&self, step: Step) -> Outcome {
        self.record(RecordKind::Membership, &self.chain().next(step))
    }

    fn enrolment(&self, n: u8, role: Role) -> Enrolment {
        Enrolment {
            user: [n; 16].into(),
            user_name: "Personne N.".into(),
            role: role.code().into(),
            organisation: (*self.organisation.as_bytes()).into(),
            sectors: vec![],
            device: [n; 16].into(),
            device_name: "Tablette".into(),
            sign: [n; 32].into(),
            agree: [n; 32].into(),
            organisation_name: journeys::ASSOCIATION.into(),
        }
    }

    fn chain(&self) -> Chain {
        self.world.cite.store(|store| store.chain()).unwrap()
    }

    /// Signs something of a kind and sends it.
    fn sign(&self, what: &str) -> Outcome {
        use DocumentKind as Kind;
        use LedgerActKind as Says;
        let (me, other, person) = (&self.signer, &self.other, self.person);
        let key = |n| RecoveryKeys { agree: [n; 32].into(), sign: [n + 1; 32].into() };
        let known = self.chain().head().into();
        let purpose = Purpose::ShareNotes;
        match what {
            "pathway of a person" => self.edit(pathway_of(person), Edit::set("age", "26_29")),
            "pathway of somebody new" => {
                let (key, change) = (pathway(77), me.change(pathway(77)));
                let batches = vec![me.one(key, &change)];
                self.offer(Upload { controls: vec![me.notice(key)], batches, ..Upload::empty() })
            }
            "outing of a colleague" => self.edit(self.outing, Edit::set("minutes", 90_i64)),
            "outing, new" => {
                let key = DocumentKey::first(Kind::Outing, OutingId::from_bytes([78; 16]));
                self.edit(key, Edit::set("half_day", "morning"))
            }
            "recognition, sealed" => self.sealed(Kind::Recognition),
            "identity, sealed" => self.sealed(Kind::Identity),
            "contact, sealed" => self.sealed(Kind::Contact),
            "notes, sealed" => self.sealed(Kind::Notes),
            "key of a part, wrapped" => {
                let wraps =
                    vec![me.wrap(DocumentKey { kind: Kind::Notes, ..pathway_of(person) }, [7; 16], [6; 16])];
                self.offer(Upload { wraps, ..Upload::empty() })
            }
            "notice" => self.say(person, notice().kind),
            "notice to somebody new" => self.say(PathwayId::from_bytes([79; 16]), notice().kind),
            "agreement" => self.say(person, agreement(purpose)),
            "receipt given" => self.say(person, Says::Receipt { check: "0a".repeat(16) }),
            "request noted" => {
                self.say(person, Says::Request { request: "0b".repeat(32), kind: RequestKind::Access })
            }
            "request seen to" => self.say(person, Says::Answered { request: "0b".repeat(32) }),
            "refusal" => self.say(person, Says::Refusal { purpose }),
            "withdrawal" => self.say(person, Says::Withdrawal { purpose, keep_on: None, partner: None }),
            "objection" => self.say(person, Says::Objection { act: ObjectionAct::NoSharing }),
            "epoch of the north" => self.epoch(other.signer.id()),
            "epoch for a stranger to the group" => self.epoch(SignerKey::from_secret(&[99; 32]).id()),
            "escrow of its own store" => self.escrow(me, None),
            "escrow for a mediator" => self.escrow(me, Some(other)),
            "escrow of another's store" => self.escrow(other, None),
            "request by a code" => {
                let body =
                    RequestBody::new([8; 16], RequestKind::Access, (GivenBy::ALL[0], None), today(), [1; 8]);
                self.record(RecordKind::Request, &body)
            }
            "a partner was told" => {
                let body = TellBody::new(
                    [4; 32],
                    domain::api::ledger::PartnerId::Open(SolutionId::from_bytes([5; 16])),
                    today(),
                );
                self.record(RecordKind::Tell, &body)
            }
            "it erased" => {
                self.record(RecordKind::Receipt, &ReceiptBody::new(device(me), today(), [[6; 32]]))
            }
            "another erased" => {
                self.record(RecordKind::Receipt, &ReceiptBody::new(device(other), today(), [[6; 32]]))
            }
            "order to erase" => self.erase(ErasureCause::Order(OrderReason::WrongPerson)),
            "the time has come to erase" => self.erase(ErasureCause::Retention),
            "another cité is founded" => self.step(Step::Found([9; 32].into())),
            "the cité is founded again" => self.step(Step::Establish { recovery: key(90), known }),
            "recovery without the sheet" => self.step(Step::Recover(Recovery {
                enrolment: self.enrolment(80, Role::Referent),
                next: key(92),
                known,
                former: vec![1; 80].into(),
            })),
            "somebody joins" => self.step(Step::Enrol(self.enrolment(81, Role::Mediator))),
            "itself becomes a référent" => {
                let user = self.chain().member(&me.signer.id()).unwrap().user;
                self.step(Step::Change(Alteration::new(user, Some(Role::Referent), None)))
            }
            "another's sectors change" => {
                let user = self.chain().member(&other.signer.id()).unwrap().user;
                self.step(Step::Change(Alteration::new(user, None, Some(&[SOUTH]))))
            }
            "another is revoked" => self.step(Step::Revoke(other.signer.id())),
            "another printed key" => {
                let instead = self.chain().printed().last().unwrap().keys.sign;
                self.step(Step::Reprint(Reprint { next: key(94), known, instead }))
            }
            readable => {
                let code = readable.trim_end_matches(", readable");
                let kind = Kind::ALL.iter().find(|it| it.code() == code);
                self.readable(*kind.unwrap_or_else(|| panic!("{readable} is in the table and not signed")))
            }
        }
    }
}

fn pathway_of(person: PathwayId) -> DocumentKey {
    DocumentKey::first(DocumentKind::Pathway, person)
}

fn device(of: &Foreign) -> DeviceId {
    of.device
}

fn today() -> Day {
    civil(&SystemClock).0
}

#[tokio::test]
async fn whatever_a_device_of_a_role_signs_the_server_takes_what_is_that_roles_and_refuses_the_rest_by_name()
{
    let mut differences = Vec::new();
    for (column, who) in WHO.iter().enumerate() {
        let ground = Ground::of(column).await;
        for (what, expected) in TABLE {
            let said = ground.sign(what);
            if said != expected[column] {
                differences
                    .push(format!("{what}, {who}: expected {:?}, answered {said:?}", expected[column]));
            }
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}
