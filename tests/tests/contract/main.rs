//! The contract of the exchange, as facts that hold over every way to a server: straight into its half,
//! and over HTTP on a real socket.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod beside;
mod ordinary;
mod refused;

use engine::sync::{Exchange as _, SyncError};
use journeys::World;
use journeys::way::{Direct, Http, Way};
use journeys::wire::{Answers, Upload};

/// Sends bytes; returns the frames of the answer, opened.
async fn send<W: Way>(world: &World, token: &[u8], body: Vec<u8>) -> Result<Vec<Vec<u8>>, SyncError> {
    let mut frames = Vec::new();
    let mut keep = |whole: &[Vec<u8>]| {
        frames.extend_from_slice(whole);
        Ok(())
    };
    W::open(world, token).exchange(body, &mut keep).await?;
    Ok(frames)
}

/// Sends an upload; returns what the server says of each thing in it.
async fn offer<W: Way>(world: &World, token: &[u8], upload: &Upload) -> Answers {
    Answers::read(&send::<W>(world, token, upload.frame()).await.unwrap()[0])
}

macro_rules! contract {
    ($($module:ident: $($fact:ident)*;)*) => {
        mod straight {
            use super::*;
            $($(#[tokio::test] async fn $fact() { $module::$fact::<Direct>().await })*)*
        }
        mod over_http {
            use super::*;
            $($(#[tokio::test] async fn $fact() { $module::$fact::<Http>().await })*)*
        }
    };
}

contract! {
    ordinary:
        what_one_sends_the_other_receives
        where_nothing_is_new_one_small_turn_is_enough
        an_answer_cut_anywhere_loses_nothing
        an_upload_that_is_repeated_is_taken_once
        an_upload_that_comes_before_what_it_builds_on_is_taken_later;
    refused:
        a_token_of_nobody_and_a_revoked_one_are_turned_away
        a_version_too_old_or_too_new_is_refused_by_name
        a_body_too_long_is_refused
        bytes_that_are_no_upload_are_refused
        a_frame_that_claims_more_than_it_may_is_refused;
    beside:
        each_bad_group_is_refused_by_name_and_the_good_ones_beside_it_are_taken
        bad_groups_under_one_signature_with_good_ones_are_refused_alone
        a_batch_in_the_name_of_another_is_refused
        what_a_tablet_was_never_shown_takes_nothing_from_it
        bad_control_records_are_refused_beside_good_ones
        a_named_part_without_agreement_is_refused_sealed_or_not
        inputs_that_crashed_the_document_library_are_refused_beside_good_ones
        an_invitation_that_was_used_lets_nobody_in;
}
