//! Profile of a person, as coded bands. Source of the bands: La Coop de la médiation numérique
//! (ANCT) for age and gender, adapted so that *jeunes* (under 26) and *seniors* (50 and over) can
//! be told apart.

use super::code_enum;

code_enum! {
    /// Age band; never a birth year.
    AgeBand: "age_band" {
        Under16 = "under_16", "Moins de 16 ans", "Under 16";
        From16To17 = "16_17", "16 à 17 ans", "16 to 17";
        From18To25 = "18_25", "18 à 25 ans", "18 to 25";
        From26To29 = "26_29", "26 à 29 ans", "26 to 29";
        From30To39 = "30_39", "30 à 39 ans", "30 to 39";
        From40To49 = "40_49", "40 à 49 ans", "40 to 49";
        From50To59 = "50_59", "50 à 59 ans", "50 to 59";
        From60 = "60_plus", "60 ans et plus", "60 and over";
        NotTold = "not_told", "Non communiqué", "Not told";
        NotRecorded = "not_recorded", "Non renseigné", "Not recorded";
    }
    /// Gender, as told.
    Gender: "gender" {
        Woman = "woman", "Femme", "Woman";
        Man = "man", "Homme", "Man";
        Other = "other", "Autre", "Other";
        NotTold = "not_told", "Non communiqué", "Not told";
        NotRecorded = "not_recorded", "Non renseigné", "Not recorded";
    }
    /// Household, as told.
    Household: "household" {
        Alone = "alone", "Vit seul·e", "Lives alone";
        Couple = "couple", "En couple", "Couple";
        CoupleWithChildren = "couple_children", "En couple avec enfant", "Couple with children";
        SingleParent = "single_parent", "Parent isolé", "Single parent";
        Hosted = "hosted", "Chez des proches", "Hosted by relatives";
        NotTold = "not_told", "Non communiqué", "Not told";
        NotRecorded = "not_recorded", "Non renseigné", "Not recorded";
    }
    /// How a residence is known.
    Evidence: "evidence" {
        Declared = "declared", "Dit par la personne", "Said by the person";
        Map = "map", "Trouvé ensemble sur la carte", "Found together on the map";
        Verified = "verified", "Justificatif vu", "A document was seen";
    }
    /// What the person wants. Source: *besoins* of France Travail's diagnosis, grouped.
    NeedKind: "need" {
        Job = "job", "Un emploi", "A job";
        Training = "training", "Une formation", "Training";
        Project = "project", "Un projet", "A project";
        Business = "business", "Créer son activité", "Starting a business";
        Rights = "rights", "Ses droits", "Access to rights";
        NotYet = "not_yet", "Ne sait pas encore", "Does not know yet";
    }
    /// State of a need.
    NeedState: "need_state" {
        Open = "open", "En cours", "Open";
        Met = "met", "Satisfait", "Met";
        Dropped = "dropped", "Abandonné", "Dropped";
    }
    /// Yes, no, and the three unknowns.
    YesNo: "yes_no" {
        Yes = "yes", "Oui", "Yes";
        No = "no", "Non", "No";
        NotTold = "not_told", "Non communiqué", "Not told";
        NotRecorded = "not_recorded", "Non renseigné", "Not recorded";
        NotRaised = "not_raised", "Non abordé", "Not raised";
    }
}
