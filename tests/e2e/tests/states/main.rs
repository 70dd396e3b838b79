//! States of the screens that take weeks, a hostile server or many people to come about: each is put before
//! the interface as an answer of the contract, with long names where names stand, and looked at as the others
//! are. What can be had from a real device and a real server is.

mod answers;
mod browser;
mod device;
mod gallery;
