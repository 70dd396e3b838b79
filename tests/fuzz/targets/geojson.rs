//! See `journeys::outside`.
#![no_main]

allervers_fuzz::door!("geojson");
