//! Founding on a référent's device and letting people in with it, as the screens do.

use super::{ASSOCIATION, NORTH, PASSPHRASE, PIN, World, call, synchronise};
use domain::api::member::*;
use domain::api::recovery::*;
use domain::api::session::Join;
use domain::error::ApiError;
use domain::ids::SectorId;
use domain::role::Role;
use engine::device::Device;

/// Founds: draws the recovery key, and types back the words that are asked for. Returns all its words.
pub async fn establish(referent: &Device) -> String {
    let key = call(referent, DrawRecoveryKey {}).await.unwrap();
    let words: Vec<&str> = key.words.expose().split(' ').collect();
    let typed = key.asked.iter().map(|n| words[usize::from(*n) - 1].into()).collect();
    let view = call(referent, EstablishCite { words: typed }).await.unwrap();
    assert!(view.established);
    key.words.expose().to_owned()
}

/// Draws the key of another sheet; returns its words, and what is to be typed back.
pub async fn draw_another(referent: &Device) -> Result<(String, ReplaceRecoveryKey), ApiError> {
    let key = call(referent, DrawReplacementKey {}).await?;
    let words: Vec<&str> = key.words.expose().split(' ').collect();
    let typed = key.asked.iter().map(|n| words[usize::from(*n) - 1].into()).collect();
    Ok((key.words.expose().to_owned(), ReplaceRecoveryKey { words: typed }))
}

/// Somebody new of the association.
pub fn newcomer(name: &str, role: Role, sectors: Vec<SectorId>) -> InviteMember {
    let who = Invitee::New { name: name.into(), role, organisation: ASSOCIATION.into(), sectors };
    InviteMember { who }
}

/// The newcomer's answer to an invitation that was shown to them.
pub fn answer(shown: &InvitationShown, device_name: &str) -> AnswerInvitation {
    AnswerInvitation {
        join: Join {
            server: shown.server.clone(),
            code: shown.code.clone(),
            passphrase: PASSPHRASE.into(),
            pin: PIN.into(),
            device_name: device_name.into(),
        },
    }
}

/// Where the inviter's invitation stands.
pub async fn state(inviter: &Device) -> InvitationState {
    call(inviter, ReadInvitation {}).await.unwrap()
}

/// Words on the newcomer's screen.
pub fn words(state: &AnswerState) -> Vec<String> {
    let AnswerState::Waiting { words, .. } = state else { panic!("not waiting") };
    words.clone()
}

/// Lets a newcomer in, who holds the tablet: both compare the words, the inviter confirms.
pub async fn let_in(inviter: &Device, who: InviteMember, tablet: &Device) {
    let shown = call(inviter, who).await.unwrap();
    let waiting = call(tablet, answer(&shown, "Tablette 3")).await.unwrap();
    let InvitationState::Answered { words: seen, .. } = state(inviter).await else { panic!("no answer") };
    assert_eq!(seen, words(&waiting));
    let done = call(inviter, ConfirmInvitation {}).await.unwrap();
    assert!(matches!(done, InvitationState::Done { .. }), "{done:?}");
    let joined = call(tablet, ReadAnswer {}).await.unwrap();
    assert!(matches!(joined, AnswerState::Joined(_)), "{joined:?}");
    synchronise(tablet).await;
}

/// Recovers the cité on a device that has joined nothing, as the screen does; returns the words of the new key.
///
/// # Errors
/// What a call refuses.
pub async fn recover(laptop: &Device, server: &str, words: &str, who: Recoverer) -> Result<String, ApiError> {
    let opened = call(laptop, OpenRecovery { server: server.into(), words: words.into() }).await?;
    let new: Vec<&str> = opened.key.words.expose().split(' ').collect();
    let finish = FinishRecovery {
        who,
        words: opened.key.asked.iter().map(|n| new[usize::from(*n) - 1].into()).collect(),
        passphrase: PASSPHRASE.into(),
        pin: PIN.into(),
        device_name: "Portable neuf".into(),
    };
    call(laptop, finish).await?;
    Ok(opened.key.words.expose().to_owned())
}

/// Somebody who was not there before.
pub fn new_referent(name: &str) -> Recoverer {
    Recoverer::New { name: name.into(), organisation: ASSOCIATION.into() }
}

impl World {
    /// A cité that Inès, référente of the association in the north, founded on her laptop.
    pub async fn established() -> (Self, Device) {
        let world = Self::begin().await;
        let ines = world.joined("Inès R.", Role::Referent, vec![NORTH]).await;
        establish(&ines).await;
        (world, ines)
    }

    /// Inès, référente, who founds this cité; Nadia and Samir, mediators; all of the association, in the north.
    pub async fn founded_by_three(self) -> (Self, [Device; 3]) {
        let ines = self.joined("Inès R.", Role::Referent, vec![NORTH]).await;
        let nadia = self.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
        let samir = self.joined("Samir D.", Role::Mediator, vec![NORTH]).await;
        synchronise(&ines).await;
        establish(&ines).await;
        for _ in 0..3 {
            for device in [&ines, &nadia, &samir] {
                synchronise(device).await;
            }
        }
        (self, [ines, nadia, samir])
    }

    /// A tablet whose user was let in by the device of a référent.
    pub async fn let_in(&self, inviter: &Device, name: &str, role: Role, sectors: Vec<SectorId>) -> Device {
        let tablet = self.tablet(name);
        let_in(inviter, newcomer(name, role, sectors), &tablet).await;
        tablet
    }
}
