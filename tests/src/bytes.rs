//! Looking for words in bytes, in every way in which they may stand there.

use std::path::{Path, PathBuf};

/// The words as they are, in small and capital letters and without spaces; in UTF-8 and in both UTF-16.
pub fn faces(words: &str) -> Vec<Vec<u8>> {
    let mut faces = Vec::new();
    for text in [words.to_owned(), words.to_lowercase(), words.to_uppercase(), words.replace(' ', "")] {
        faces.push(text.bytes().collect());
        faces.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        faces.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    faces
}

/// Whether words stand in bytes in any way.
pub fn holds(bytes: &[u8], words: &str) -> bool {
    faces(words).iter().any(|face| bytes.windows(face.len()).any(|it| it == face))
}

/// Files of a folder in which words stand in any way.
pub fn found_in(folder: &Path, words: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file());
    files.filter(|file| holds(&std::fs::read(file).unwrap(), words)).collect()
}
