//! Looking for words in bytes, in every way in which they may stand there.

use document::dictionary::DICTIONARY_1 as DICTIONARY;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// How something that zstd packed begins.
const PACKED: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// Most bytes that one packed piece is opened to.
const MOST: u64 = 8 * 1024 * 1024;

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

/// Words to look for, whatever the case of their letters. One pass over the bytes finds any of them.
#[derive(Debug)]
pub struct Search {
    /// Faces, and the words they are of, by the first byte in small letters.
    begin: Vec<Vec<(Vec<u8>, String)>>,
}

impl Search {
    /// A search for words.
    pub fn of(words: &[&str]) -> Self {
        let mut search = Self { begin: vec![Vec::new(); 256] };
        for word in words {
            for face in faces(word) {
                // Nearly every byte of a store is 0: a face is looked for from its first letter on.
                let from = face.iter().position(|byte| *byte != 0).unwrap_or(0);
                search.add(&face[from..], word);
            }
        }
        search
    }

    /// With bytes that are no words, under a name.
    pub fn and(mut self, name: &str, bytes: &[u8]) -> Self {
        self.add(bytes, name);
        self
    }

    fn add(&mut self, face: &[u8], word: &str) {
        let all = &mut self.begin[usize::from(face[0].to_ascii_lowercase())];
        if !all.iter().any(|(known, _)| known == face) {
            all.push((face.to_vec(), word.to_owned()));
        }
    }

    /// The first of the words that stands in bytes.
    pub fn found(&self, bytes: &[u8]) -> Option<&str> {
        let stands = |at: usize, face: &[u8]| {
            bytes.get(at..at + face.len()).is_some_and(|it| it.eq_ignore_ascii_case(face))
        };
        let mut places = bytes.iter().enumerate();
        places.find_map(|(at, byte)| {
            let all = &self.begin[usize::from(byte.to_ascii_lowercase())];
            all.iter().find(|(face, _)| stands(at, face)).map(|(_, word)| word.as_str())
        })
    }

    /// The same, in the bytes and in every piece of them that was packed.
    pub fn found_inside(&self, bytes: &[u8]) -> Option<&str> {
        self.found(bytes).or_else(|| inflated(bytes).iter().find_map(|piece| self.found(piece)))
    }
}

/// Whether words stand in bytes in any way.
pub fn holds(bytes: &[u8], words: &str) -> bool {
    Search::of(&[words]).found(bytes).is_some()
}

/// Every piece of bytes that was packed as what travels is, opened as far as it opens.
pub fn inflated(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(PACKED.len()).position(|it| it == PACKED) {
        let mut piece = Vec::new();
        if let Ok(opening) = zstd::stream::Decoder::with_dictionary(&rest[at..], DICTIONARY) {
            // What ends badly is kept as far as it went.
            drop(opening.single_frame().take(MOST).read_to_end(&mut piece));
        }
        pieces.push(piece);
        rest = &rest[at + PACKED.len()..];
    }
    pieces
}

/// Files of a folder in which words stand in any way.
pub fn found_in(folder: &Path, words: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file());
    files.filter(|file| holds(&std::fs::read(file).unwrap(), words)).collect()
}
