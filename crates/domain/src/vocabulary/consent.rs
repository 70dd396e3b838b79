//! The ledger's code lists.

use super::code_enum;

code_enum! {
    /// Purpose of an agreement.
    Purpose: "purpose" {
        Recognise = "recognise", "Être reconnu·e par l’équipe", "Be recognised by the team";
        ShareIdentity = "share_identity", "Partager son identité", "Share identity";
        ShareContact = "share_contact", "Partager ses coordonnées", "Share contact details";
        ShareNotes = "share_notes", "Partager les notes", "Share notes";
        RecordSensitive = "record_sensitive", "Noter une difficulté sensible", "Record a sensitive difficulty";
        ShareWithPartner = "share_with_partner", "Transmettre à un partenaire", "Share with a partner";
        ContactAgain = "contact_again", "Reprendre contact", "Contact again";
    }
    /// How a word was given.
    ConsentForm: "consent_form" {
        Spoken = "spoken", "À l’oral", "Spoken";
        ReadAloud = "read_aloud", "Lu à voix haute", "Read aloud";
        Signed = "signed", "Signé à l’écran", "Signed on screen";
    }
    /// Who gave it.
    GivenBy: "given_by" {
        Person = "person", "La personne", "The person";
        Representative = "representative", "Un représentant", "A representative";
    }
    /// Capacity of a representative.
    Capacity: "capacity" {
        Parent = "parent", "Parent", "Parent";
        Guardian = "guardian", "Tutelle", "Guardian";
        Curator = "curator", "Curatelle", "Curator";
        Other = "other", "Autre", "Other";
    }
    /// Who helped with the words.
    HelpedBy: "helped_by" {
        Nobody = "nobody", "Sans aide", "Nobody";
        Interpreter = "interpreter", "Interprète", "Interpreter";
        Relative = "relative", "Un proche", "A relative";
    }
    /// Who was near.
    Setting: "setting" {
        Alone = "alone", "En tête-à-tête", "Alone";
        OthersNear = "others_near", "D’autres à côté", "Others near";
    }
    /// The three acts of objection.
    ObjectionAct: "objection" {
        NoContact = "no_contact", "Ne plus me contacter", "No longer contact me";
        NoSharing = "no_sharing", "Ne plus partager", "No longer share";
        Stop = "stop", "Tout arrêter et effacer", "Stop and erase";
    }
    /// What a person asks for with the code of their receipt.
    RequestKind: "request" {
        Access = "access", "Voir ce qui est noté", "See what is recorded";
        Rectify = "rectify", "Faire corriger", "Have it corrected";
        NoContact = "no_contact", "Ne plus être contacté·e", "No longer be contacted";
        Withdraw = "withdraw", "Retirer ses accords", "Withdraw their agreements";
    }
    /// A named part (volet nominatif).
    Part: "part" {
        Recognition = "recognition", "Reconnaissance", "Recognition";
        Identity = "identity", "Identité", "Identity";
        Contact = "contact", "Coordonnées", "Contact";
        Notes = "notes", "Notes", "Notes";
    }
    /// Channel of contact.
    Channel: "channel" {
        Phone = "phone", "Téléphone", "Phone";
        Sms = "sms", "SMS", "SMS";
        Email = "email", "E-mail", "E-mail";
        Message = "message", "Messagerie", "Messaging";
        Post = "post", "Courrier", "Post";
    }
}

impl ObjectionAct {
    /// Whether it ends what a purpose allowed.
    pub const fn ends(self, purpose: Purpose) -> bool {
        match self {
            Self::NoContact => matches!(purpose, Purpose::ContactAgain),
            Self::NoSharing => purpose.is_sharing() || matches!(purpose, Purpose::ShareWithPartner),
            Self::Stop => true,
        }
    }
}

impl Purpose {
    /// Whether an agreement to it shares a named part with organisations of the team.
    pub const fn is_sharing(self) -> bool {
        matches!(self, Self::Recognise | Self::ShareIdentity | Self::ShareContact | Self::ShareNotes)
    }
}

impl RequestKind {
    /// Whether it takes effect by itself, wherever the code is known.
    pub const fn takes_effect(self) -> bool {
        matches!(self, Self::NoContact | Self::Withdraw)
    }
}
