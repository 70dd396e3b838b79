//! Contacts: medium, direction, what was done. Source of media and durations: La Coop de la
//! médiation numérique (ANCT), adapted to *aller-vers*.

use super::code_enum;

code_enum! {
    /// Medium of a contact.
    Medium: "medium" {
        Street = "street", "Rue", "Street";
        Door = "door", "Porte", "Door";
        Desk = "desk", "Permanence", "Desk";
        Home = "home", "Domicile", "Home";
        Phone = "phone", "Téléphone", "Phone";
        Message = "message", "Message", "Message";
        Video = "video", "Visio", "Video";
    }
    /// Who went towards whom.
    Direction: "direction" {
        Outgoing = "outgoing", "Nous sommes allés vers", "We reached out";
        Incoming = "incoming", "La personne est venue", "The person came";
    }
    /// With whom the contact was.
    Counterpart: "counterpart" {
        Person = "person", "La personne", "The person";
        Relative = "relative", "Un proche", "A relative";
        Partner = "partner", "Un partenaire", "A partner";
    }
    /// How long it lasted.
    DurationBand: "duration" {
        Under5 = "under_5", "Moins de 5 min", "Under 5 min";
        From5To15 = "5_15", "5 à 15 min", "5 to 15 min";
        From15To30 = "15_30", "15 à 30 min", "15 to 30 min";
        Over30 = "over_30", "Plus de 30 min", "Over 30 min";
    }
    /// Half of a day; passages never carry an hour.
    HalfDay: "half_day" {
        Morning = "morning", "Matin", "Morning";
        Afternoon = "afternoon", "Après-midi", "Afternoon";
        Evening = "evening", "Soirée", "Evening";
    }
    /// What was done.
    Act: "act" {
        Listen = "listen", "Écouter, informer", "Listen, inform";
        Refer = "refer", "Orienter", "Refer";
        GoWith = "go_with", "Aller-avec", "Go with";
        HelpProcedure = "help_procedure", "Aider à une démarche", "Help with a procedure";
        MakeAppointment = "make_appointment", "Prendre rendez-vous", "Make an appointment";
        CallBack = "call_back", "Relancer", "Call back";
    }
    /// Kind of a named place.
    PlaceKind: "place_kind" {
        Square = "square", "Place, rue", "Square, street";
        Market = "market", "Marché", "Market";
        School = "school", "École", "School";
        Building = "building", "Pied d’immeuble", "Foot of a building";
        Shop = "shop", "Commerce", "Shop";
        Transport = "transport", "Gare, arrêt", "Station, stop";
        Premises = "premises", "Local, permanence", "Premises";
        Other = "other", "Autre", "Other";
    }
}
