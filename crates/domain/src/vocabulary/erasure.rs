//! Why a person's whole record is erased on somebody's order.

use super::code_enum;

code_enum! {
    /// Reason of a référent's order.
    OrderReason: "erasure_order" {
        Request = "request", "La personne le demande (courrier, e-mail, téléphone)", "The person asks for it (letter, e-mail, phone)";
        WrongPerson = "wrong_person", "Parcours ouvert pour la mauvaise personne", "Opened for the wrong person";
        NoNotice = "no_notice", "Ouvert sans que la personne ait été informée", "Opened without the person being informed";
        Minor = "minor", "Moins de 16 ans, sans représentant", "Under 16, without a representative";
        Deceased = "deceased", "Décès", "Death";
    }
}
