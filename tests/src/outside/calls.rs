//! Calls as JSON, of the app on a device and of the page in a browser.

use super::Ground;
use crate::samples::samples;
use domain::api::Call;
use domain::error::ErrorCode;

pub(super) fn seeds(ground: &Ground) -> Vec<Vec<u8>> {
    samples(&ground.about, 7).iter().map(|call| serde_json::to_vec(call).unwrap()).collect()
}

/// A call of the app. Those that go over the network, derive keys or lock the tablet are read only:
/// they have their own doors and tests.
pub(super) fn device(ground: &Ground, bytes: &[u8]) {
    let Ok(call) = serde_json::from_slice::<Call>(bytes) else { return };
    let read_only = ["CheckInvitation", "Join", "Unlock", "UnlockWithPin", "Lock", "SyncNow"];
    if !read_only.contains(&call.name())
        && let Err(error) = ground.runtime.block_on(ground.tablet.dispatch(call))
    {
        assert_ne!(error.code, ErrorCode::Internal, "a call broke the tablet");
    }
}

/// A call of the page, by a coordinator who has signed in.
pub(super) fn browser(ground: &Ground, bytes: &[u8]) {
    let Ok(call) = serde_json::from_slice::<Call>(bytes) else { return };
    if !["SignIn", "SignOut"].contains(&call.name()) {
        let mut browser = ground.browser.lock().unwrap();
        if let Err(error) = ground.runtime.block_on(browser.call(call)) {
            assert_ne!(error.code, ErrorCode::Internal, "a call broke the server");
        }
    }
}
