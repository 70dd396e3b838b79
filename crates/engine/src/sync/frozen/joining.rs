//! What joining carries.

use super::Frozen;
use crate::enrol::{CheckReply, CheckRequest, JoinReply, JoinRequest};

pub(super) fn joining(frozen: &mut Frozen) {
    frozen.message("check request", &CheckRequest { id: [1; 16].into() });
    frozen.message(
        "check reply",
        &CheckReply {
            cite_name: "Cité inventée".into(),
            demonstration: true,
            user_name: "Nadia B.".into(),
            role: "mediator".into(),
            organisation_name: "Association Inventée".into(),
            mac: [2; 32],
            card: None,
        },
    );
    frozen.message(
        "join request",
        &JoinRequest {
            id: [1; 16].into(),
            device: [4; 16].into(),
            device_name: "Tablette 3".into(),
            sign: [5; 32].into(),
            agree: [6; 32].into(),
            mac: [2; 32].into(),
        },
    );
    frozen.message(
        "join reply",
        &JoinReply {
            chain: vec![vec![0xC0; 3].into()],
            token: [3; 32].into(),
            cite_name: "Cité inventée".into(),
            demonstration: true,
            organisations: vec![("02".repeat(16), "Association Inventée".into())],
            mac: [2; 32].into(),
        },
    );
}
