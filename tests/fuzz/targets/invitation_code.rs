//! See `journeys::outside`.
#![no_main]

allervers_fuzz::door!("invitation_code");
