//! Kinds of documents.

use super::{Purpose, code_enum};

code_enum! {
    /// Kind of a document; see `docs/SYNC.md` for who may read each.
    DocumentKind: "document_kind" {
        Pathway = "pathway", "Parcours", "Pathway";
        Recognition = "recognition", "Reconnaissance", "Recognition";
        Identity = "identity", "Identité", "Identity";
        Contact = "contact", "Coordonnées", "Contact";
        Notes = "notes", "Notes", "Notes";
        Outing = "outing", "Tournée", "Outing";
        Action = "action", "Action collective", "Collective action";
        Solution = "solution", "Solution", "Solution";
        Employer = "employer", "Employeur", "Employer";
        Partner = "partner", "Partenaire", "Partner";
        Programme = "programme", "Cohorte", "Programme";
        Cite = "cite", "Cité", "Cité";
    }
}

impl DocumentKind {
    /// Whether documents of this kind are named parts: sealed, never readable by the server.
    pub const fn is_named_part(self) -> bool {
        matches!(
            self,
            DocumentKind::Recognition | DocumentKind::Identity | DocumentKind::Contact | DocumentKind::Notes
        )
    }

    /// The named parts.
    pub const NAMED_PARTS: [Self; 4] = [Self::Recognition, Self::Identity, Self::Contact, Self::Notes];

    /// The purpose whose agreement allows sharing a named part; none for other kinds.
    pub const fn shared_for(self) -> Option<Purpose> {
        match self {
            Self::Recognition => Some(Purpose::Recognise),
            Self::Identity => Some(Purpose::ShareIdentity),
            Self::Contact => Some(Purpose::ShareContact),
            Self::Notes => Some(Purpose::ShareNotes),
            _ => None,
        }
    }
}
