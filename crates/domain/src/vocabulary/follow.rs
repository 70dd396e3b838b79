//! Following a person: barriers, follow-ups, referrals, episodes, situations, outcomes.
//! Source of barrier domains: France Travail, *diagnostic argumenté*, *contraintes personnelles*.

use super::code_enum;

code_enum! {
    /// Domain of a barrier: France Travail's eight *contraintes* with their codes, and our own
    /// *confiance, isolement* (data·inclusion `remobilisation`).
    BarrierDomain: "barrier_domain" {
        Family = "24", "Famille, garde d’enfant", "Family, childcare";
        Mobility = "23", "Mobilité", "Mobility";
        Literacy = "26", "Français, calcul", "French, numeracy";
        Housing = "27", "Logement", "Housing";
        Health = "25", "Santé", "Health";
        Digital = "22", "Numérique", "Digital";
        Finances = "28", "Finances", "Finances";
        Administrative = "29", "Démarches, droits", "Procedures, rights";
        Confidence = "conf", "Confiance, isolement", "Confidence, isolation";
    }
    /// Impact of a barrier. Source: France Travail, *critères d'orientation*.
    Impact: "impact" {
        Strong = "strong", "Fort", "Strong";
        Weak = "weak", "Faible", "Weak";
    }
    /// Priority of a barrier.
    Priority: "priority" {
        High = "high", "Prioritaire", "High";
        Normal = "normal", "Normale", "Normal";
    }
    /// State of a barrier.
    BarrierState: "barrier_state" {
        Spotted = "spotted", "Repéré", "Spotted";
        InProgress = "in_progress", "En cours", "In progress";
        Lifted = "lifted", "Levé", "Lifted";
        Abandoned = "abandoned", "Abandonné", "Abandoned";
    }
    /// Kind of a follow-up.
    FollowUpKind: "follow_up" {
        CallBack = "call_back", "Relance", "Call back";
        Appointment = "appointment", "Rendez-vous", "Appointment";
        GoWith = "go_with", "Rendez-vous, aller-avec", "Appointment, going with";
    }
    /// State of a follow-up. Source of appointment states: rdv-insertion.
    FollowUpState: "follow_up_state" {
        Due = "due", "À faire", "Due";
        Done = "done", "Fait", "Done";
        Kept = "kept", "Honoré", "Kept";
        Absent = "absent", "Absence", "Absent";
        Excused = "excused", "Absence excusée", "Excused";
        Cancelled = "cancelled", "Annulé", "Cancelled";
    }
    /// State of a referral. Source: DORA, *orientations*, adapted.
    ReferralState: "referral_state" {
        Sent = "sent", "Orientation faite", "Sent";
        Met = "met", "Rencontre faite", "Met";
        Accepted = "accepted", "Prise en charge", "Accepted";
        Refused = "refused", "Refusée", "Refused";
        NoNews = "no_news", "Sans nouvelles", "No news";
        Cancelled = "cancelled", "Annulée", "Cancelled";
    }
    /// Reason of entry in an episode.
    EntryReason: "entry_reason" {
        Outreach = "outreach", "Aller-vers", "Outreach";
        Partner = "partner", "Orientation d’un partenaire", "Referred by a partner";
        Spontaneous = "spontaneous", "Demande de la personne", "The person's own request";
        Return = "return", "Retour", "Return";
    }
    /// Stage of an episode.
    Stage: "stage" {
        Welcome = "welcome", "Accueil", "Welcome";
        Diagnosis = "diagnosis", "Diagnostic", "Diagnosis";
        Barriers = "barriers", "Levée des freins", "Lifting barriers";
        Project = "project", "Projet", "Project";
        Access = "access", "Accès à l’emploi ou à la formation", "Access to work or training";
        Retention = "retention", "Maintien", "Retention";
    }
    /// Reason of exit.
    ExitReason: "exit_reason" {
        Job = "job", "Emploi", "Job";
        Training = "training", "Formation", "Training";
        HandedOver = "handed_over", "Relais", "Handed over";
        Moved = "moved", "Déménagement", "Moved";
        NoLongerWishes = "no_longer_wishes", "Ne souhaite plus", "No longer wishes";
        LostContact = "lost_contact", "Sans nouvelles", "No news";
        Deceased = "deceased", "Décès", "Deceased";
    }
    /// Kind of an outcome.
    OutcomeKind: "outcome" {
        FixedTermUnder6 = "cdd_under_6", "CDD de moins de 6 mois", "Fixed term, under 6 months";
        FixedTermOver6 = "cdd_over_6", "CDD de 6 mois et plus", "Fixed term, 6 months and over";
        Permanent = "cdi", "CDI", "Permanent contract";
        InsertionJob = "iae", "Emploi en insertion (IAE)", "Insertion job";
        Apprenticeship = "apprenticeship", "Alternance", "Apprenticeship";
        Training = "training", "Formation", "Training";
        Certification = "certification", "Certification", "Certification";
        BusinessCreated = "business", "Création d’activité", "Business created";
        RightsOpened = "rights", "Droits ouverts", "Rights opened";
    }
    /// Moment of a situation.
    SituationMoment: "situation_moment" {
        Entry = "entry", "À l’entrée", "At entry";
        Exit = "exit", "À la sortie", "At exit";
        SixMonths = "six_months", "À 6 mois", "At 6 months";
    }
    /// Activity.
    Activity: "activity" {
        Unemployed = "unemployed", "Sans emploi", "Out of work";
        Inactive = "inactive", "Sans recherche d’emploi", "Not looking for work";
        PartTime = "part_time", "Temps partiel ou contrat court", "Part time or short contract";
        Employed = "employed", "En emploi", "In work";
        Training = "training", "En formation", "In training";
        School = "school", "En scolarité", "At school";
        SelfEmployed = "self_employed", "Indépendant·e", "Self-employed";
        NotTold = "not_told", "Non communiqué", "Not told";
        NotRecorded = "not_recorded", "Non renseigné", "Not recorded";
    }
    /// Registration at France Travail.
    Registration: "registration" {
        Registered = "registered", "Inscription en cours de validité", "Registered";
        Never = "never", "Jamais d’inscription", "Never registered";
        Lapsed = "lapsed", "Inscription interrompue", "Lapsed";
        Mission = "mission_locale", "Suivi en mission locale", "Followed by a mission locale";
        NotTold = "not_told", "Non communiqué", "Not told";
        NotRecorded = "not_recorded", "Non renseigné", "Not recorded";
    }
    /// Level of education (nomenclature of 2019).
    Education: "education" {
        None = "none", "Sans diplôme", "No diploma";
        Level3 = "3", "CAP, BEP (niveau 3)", "Level 3";
        Level4 = "4", "Baccalauréat (niveau 4)", "Level 4";
        Level5 = "5", "Bac + 2 (niveau 5)", "Level 5";
        Level6Plus = "6_plus", "Bac + 3 et plus (niveau 6 et plus)", "Level 6 and above";
        Foreign = "foreign", "Diplôme étranger non reconnu", "Foreign diploma, not recognised";
        NotTold = "not_told", "Non communiqué", "Not told";
        NotRecorded = "not_recorded", "Non renseigné", "Not recorded";
    }
    /// Time without work.
    TimeWithoutWork: "time_without_work" {
        Under6Months = "under_6m", "Moins de 6 mois", "Under 6 months";
        From6To12Months = "6_12m", "6 à 12 mois", "6 to 12 months";
        From12To24Months = "12_24m", "1 à 2 ans", "1 to 2 years";
        Over24Months = "over_24m", "Plus de 2 ans", "Over 2 years";
        Never = "never", "N’a jamais travaillé", "Never worked";
        NotTold = "not_told", "Non communiqué", "Not told";
        NotRecorded = "not_recorded", "Non renseigné", "Not recorded";
    }
    /// Funding operation.
    FundingOperation: "funding_operation" {
        EsfPlus = "fse_plus", "FSE+", "ESF+";
        CityContract = "contrat_de_ville", "Contrat de ville", "City contract";
        CiteEnvelope = "cite_emploi", "Enveloppe cité de l’emploi", "Cité envelope";
        Plie = "plie", "PLIE", "PLIE";
        Department = "department", "Département", "Département";
        Other = "other", "Autre", "Other";
    }
}

impl FollowUpKind {
    /// Whether the team contacts the person; an appointment was made with them.
    pub const fn contacts(self) -> bool {
        matches!(self, Self::CallBack)
    }
}
