//! The real server, on a port and in a folder of its own.
