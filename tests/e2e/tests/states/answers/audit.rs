//! The audit.

use super::{DEVICE, LONG_NAME, moment};
use domain::api::audit::*;
use domain::ids::{DeviceId, UserId};
use domain::vocabulary::AuditAct;

/// A chain that breaks, one that was rewritten, and one that holds.
pub fn broken() -> AuditPage {
    let tablet = AuditSource::Device(DeviceId::from_bytes([1; 16]));
    let chain = |source, device: Option<&str>, broken_from, contradicted| ChainView {
        source,
        device: device.map(str::to_owned),
        users: device.map(|_| LONG_NAME.to_owned()).into_iter().collect(),
        entries: 1_284,
        last_ms: Some(moment(0)),
        broken_from,
        contradicted,
    };
    let line = |after, who: Option<&str>, act, about: Option<&str>| AuditLineView {
        at_ms: moment(after),
        who: who.map(str::to_owned),
        device: who.map(|_| DEVICE.to_owned()),
        act,
        about: about.map(str::to_owned),
    };
    AuditPage {
        chains: vec![
            chain(tablet, Some(DEVICE), Some(413), false),
            chain(AuditSource::Server, None, Some(1_200), true),
            chain(AuditSource::Device(DeviceId::from_bytes([2; 16])), Some("Ordinateur"), None, false),
        ],
        lines: vec![
            line(0, Some(LONG_NAME), Some(AuditAct::Copy), Some("a1b2c3d4e5f60718")),
            line(0, None, Some(AuditAct::SignInRefused), None),
            line(-1, Some("Inès R."), None, Some("a1b2c3d4e5f60718")),
        ],
        total: 3,
        users: vec![(UserId::from_bytes([1; 16]), LONG_NAME.into())],
        head: Some(HeadView { count: 1_284, mark: "9f0c41ab".into() }),
    }
}
