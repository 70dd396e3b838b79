//! An attacker reads every page a coordinator may open, for every filter, and subtracts.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::cohort::{Figure, Figures};
use domain::ids::{FactId, OrganisationId};
use domain::indicators::{Cell, Counter, Narrowing, Release, Zone, Zones};
use domain::location::{Location, QpvCode};
use domain::outing::{OutingDoc, Passage};
use domain::pathway::*;
use domain::publics::Public;
use domain::time::{Day, Quarter};
use domain::vocabulary::*;
use std::collections::{BTreeMap, BTreeSet};

const BELOW: u32 = 5;
const QUARTER: Quarter = Quarter { year: 2026, quarter: 3 };
const ORGANISATIONS: [OrganisationId; 2] =
    [OrganisationId::from_bytes([1; 16]), OrganisationId::from_bytes([2; 16])];

fn qpvs() -> Vec<QpvCode> {
    (1..=4).map(|n| format!("QN0999{n}M").parse().unwrap()).collect()
}

/// Numbers of a fixed sequence.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % most
    }

    fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u32) as usize]
    }

    fn id(&mut self) -> FactId {
        FactId::from_bytes(std::array::from_fn(|_| self.below(256) as u8))
    }

    fn place(&mut self) -> Location {
        match self.below(12) {
            0 => Location::NotTold,
            1 => "out:93066".parse().unwrap(),
            2..=6 => Location::Qpv(qpvs()[0]),
            7..=9 => Location::Qpv(qpvs()[1]),
            10 => Location::Qpv(qpvs()[2]),
            _ => Location::Qpv(qpvs()[3]),
        }
    }

    fn day(&mut self) -> Day {
        QUARTER.period().from.plus(self.below(92) as i32)
    }
}

/// Invented people, and what they add up to.
fn population(seed: u64, people: u32, below: u32) -> Release {
    population_on(QUARTER.period().to.plus(10), seed, people, below)
}

fn population_on(today: Day, seed: u64, people: u32, below: u32) -> Release {
    let mut draw = Draw(seed);
    let mut counter = Counter::new(QUARTER, Zones::new(qpvs()), ORGANISATIONS, today);
    for _ in 0..people {
        let (mut it, mut past) = (PathwayDoc::default(), Past::default());
        it.age = Some(draw.of(&[AgeBand::From18To25, AgeBand::From30To39, AgeBand::From60]));
        it.gender = Some(draw.of(&[Gender::Woman, Gender::Woman, Gender::Man]));
        it.household = Some(draw.of(&[Household::Alone, Household::Couple, Household::SingleParent]));
        it.residence = Some(draw.place());
        for _ in 0..=draw.below(3) {
            let (id, on, contact_place) = (draw.id(), draw.day(), draw.place());
            past.authors.insert(id, draw.of(&[ORGANISATIONS[0], ORGANISATIONS[0], ORGANISATIONS[1]]));
            it.encounters.insert(id, encounter(on, contact_place));
        }
        for _ in 0..draw.below(3) {
            let (id, on) = (draw.id(), draw.day());
            let domain = draw.of(&[BarrierDomain::Family, BarrierDomain::Family, BarrierDomain::Health]);
            let state = draw.of(BarrierState::ALL);
            it.barriers.insert(id, barrier(domain, state, on));
        }
        if draw.below(3) > 0 {
            let kind = draw.of(NeedKind::ALL);
            let need = Need { kind, state: NeedState::Open, on: draw.day(), encounter: None, void: false };
            it.needs.insert(draw.id(), need);
        }
        counter.pathway(&it, &past);
    }
    for _ in 0..people / 6 {
        let mut outing = OutingDoc { organisation: Some(draw.of(&ORGANISATIONS)), ..OutingDoc::default() };
        let passage = Passage {
            on: draw.day(),
            half_day: HalfDay::ALL[0],
            medium: Medium::Street,
            contact_place: draw.place(),
            headcount: i64::from(draw.below(6)),
            women: 0,
            young: 0,
            leaflets: 0,
            needs: BTreeMap::new(),
            domains: BTreeMap::new(),
            refused: false,
            void: false,
        };
        outing.passages.insert(draw.id(), passage);
        counter.outing(&outing);
    }
    counter.masked(below)
}

fn encounter(on: Day, contact_place: Location) -> Encounter {
    Encounter {
        on,
        medium: Medium::Street,
        direction: None,
        counterpart: None,
        duration: None,
        contact_place,
        place: None,
        outing: None,
        acts: BTreeMap::new(),
        void: false,
        met_before: None,
    }
}

fn barrier(domain: BarrierDomain, state: BarrierState, on: Day) -> Barrier {
    Barrier {
        domain,
        situations: BTreeMap::new(),
        objectives: BTreeMap::new(),
        impact: None,
        priority: None,
        state,
        on,
        state_on: Some(on),
        encounter: None,
        void: false,
    }
}

/// A cell of a page.
type At = (Narrowing, Cell);
/// Parts and their total.
type Known = (Vec<At>, At);

/// What the attacker knows to add up, by the meaning of the figures.
fn known_sums(pages: &[Narrowing]) -> Vec<Known> {
    use Cell::*;
    let mut sums = Vec::new();
    let domains = domain::vocabulary::BarrierDomain::ALL;
    let states = domain::vocabulary::BarrierState::ALL;
    for page in pages {
        let mut add = |parts: Vec<Cell>, total: Cell| {
            let parts: Vec<(Narrowing, Cell)> = parts.into_iter().map(|cell| (*page, cell)).collect();
            sums.push((parts, (*page, total)));
        };
        add(vec![Encounters, Passages], Contacts);
        if matches!(page, Narrowing::Residence(_) | Narrowing::Public(_)) {
            // A passage has no residence and no public.
            add(vec![Encounters], Contacts);
        }
        add((0..3).map(MonthContacts).collect(), Contacts);
        add(Zones::new(qpvs()).all().into_iter().map(ResidencePeople).collect(), Spotted);
        add(Zones::new(qpvs()).all().into_iter().map(MetContacts).collect(), Contacts);
        add(domains.iter().map(|it| Cell::BarrierDomain(*it)).collect(), Barriers);
        add(states.iter().map(|it| Cell::BarrierState(*it)).collect(), Barriers);
        for domain in domains {
            add(states.iter().map(|it| Barrier(*domain, *it)).collect(), Cell::BarrierDomain(*domain));
        }
        for state in states {
            add(domains.iter().map(|it| Barrier(*it, *state)).collect(), Cell::BarrierState(*state));
        }
    }
    sums
}

/// Solves what is shown: every value that follows, by elimination modulo a large prime.
fn found(shown: &BTreeMap<(Narrowing, Cell), Figure>, sums: &[Known]) -> BTreeSet<(Narrowing, Cell)> {
    const PRIME: u64 = 2_147_483_629;
    let hidden: Vec<(Narrowing, Cell)> =
        shown.iter().filter(|(_, it)| **it == Figure::Masked).map(|(at, _)| *at).collect();
    let column: BTreeMap<(Narrowing, Cell), usize> =
        hidden.iter().enumerate().map(|(n, at)| (*at, n)).collect();
    let mut rows: Vec<BTreeMap<usize, u64>> = Vec::new();
    for (parts, total) in sums {
        if !parts.iter().chain([total]).all(|at| shown.contains_key(at)) {
            continue;
        }
        let mut row = BTreeMap::new();
        row.extend(parts.iter().filter_map(|at| column.get(at)).map(|at| (*at, 1)));
        row.extend(column.get(total).map(|at| (*at, PRIME - 1)));
        rows.push(row);
    }
    let power = |mut base: u64, mut exponent: u64| {
        let mut result = 1;
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = result * base % PRIME;
            }
            base = base * base % PRIME;
            exponent >>= 1;
        }
        result
    };
    let mut done: Vec<(usize, BTreeMap<usize, u64>)> = Vec::new();
    for mut row in rows {
        let subtract = |row: &mut BTreeMap<usize, u64>, lead: usize, other: &BTreeMap<usize, u64>| {
            let Some(factor) = row.get(&lead).copied() else { return };
            for (at, value) in other {
                let entry = row.entry(*at).or_insert(0);
                *entry = (*entry + PRIME - factor * value % PRIME) % PRIME;
            }
            row.retain(|_, value| *value != 0);
        };
        done.iter().for_each(|(lead, other)| subtract(&mut row, *lead, other));
        let Some((lead, value)) = row.iter().next().map(|(at, value)| (*at, *value)) else { continue };
        let inverse = power(value, PRIME - 2);
        row.values_mut().for_each(|it| *it = *it * inverse % PRIME);
        done.iter_mut().for_each(|(_, other)| subtract(other, lead, &row));
        done.push((lead, row));
    }
    done.iter().filter(|(_, row)| row.len() == 1).map(|(lead, _)| hidden[*lead]).collect()
}

fn attack(seed: u64, people: u32) -> usize {
    let truth = population(seed, people, 0);
    let release = population(seed, people, BELOW);
    let value = |page: Narrowing, cell: Cell| match truth.figures(page).of(cell) {
        Figure::Count(count) => count,
        Figure::Masked => panic!("the truth is not masked"),
    };
    let everyone: Figures = release.figures(Narrowing::Everyone);
    let pages: Vec<Narrowing> = release.pages.keys().copied().collect();
    let mut shown: BTreeMap<(Narrowing, Cell), Figure> = BTreeMap::new();
    let mut sums = known_sums(&pages);
    let mut counted = 0;
    for page in &pages {
        for (cell, figure) in &release.pages[page].0 {
            shown.insert((*page, *cell), *figure);
            if let Figure::Count(count) = figure {
                counted += 1;
                assert_eq!(*count, value(*page, *cell), "what is shown is true");
                assert!(*count >= BELOW, "{page:?} {cell:?}");
                // Everybody's page minus this one.
                if let (Figure::Count(all), true) = (everyone.of(*cell), *page != Narrowing::Everyone) {
                    assert!(all - count >= BELOW, "seed {seed}: {page:?} {cell:?} leaves {}", all - count);
                }
            }
        }
    }
    // Everybody's page minus all pages of places, of publics that exclude each other, of organisations.
    let all = |_: &Cell| true;
    let contacts = |cell: &Cell| {
        matches!(cell, Cell::Contacts | Cell::Encounters | Cell::Passages | Cell::MonthContacts(_))
    };
    type Counts<'a> = &'a dyn Fn(&Cell) -> bool;
    let places: Vec<Zone> = Zones::new(qpvs()).qpvs().collect();
    let mut truth_of_rest = BTreeMap::new();
    let families: [(Vec<Narrowing>, Counts<'_>); 4] = [
        (places.iter().map(|it| Narrowing::Residence(*it)).collect(), &all),
        (places.iter().map(|it| Narrowing::Met(*it)).collect(), &contacts),
        (vec![Narrowing::Public(Public::Young), Narrowing::Public(Public::Senior)], &all),
        (ORGANISATIONS.iter().map(|it| Narrowing::Organisation(*it)).collect(), &contacts),
    ];
    for (n, (members, additive)) in families.iter().enumerate() {
        // The rest stands under a name that no page has.
        let rest = Narrowing::Programme(domain::ids::ProgrammeId::from_bytes([n as u8; 16]));
        for cell in everyone.0.keys().filter(|cell| additive(cell)) {
            if !members.iter().all(|page| shown.contains_key(&(*page, *cell))) {
                continue;
            }
            let of_members: u32 = members.iter().map(|page| value(*page, *cell)).sum();
            truth_of_rest.insert((rest, *cell), value(Narrowing::Everyone, *cell) - of_members);
            shown.insert((rest, *cell), Figure::Masked);
            let parts = members.iter().copied().chain([rest]).map(|page| (page, *cell));
            sums.push((parts.collect(), (Narrowing::Everyone, *cell)));
        }
        sums.extend(known_sums(&[rest]));
    }
    for (page, cell) in found(&shown, &sums) {
        let count = truth_of_rest.get(&(page, cell)).copied().unwrap_or_else(|| value(page, cell));
        assert!(count >= BELOW, "seed {seed}: {page:?} {cell:?} = {count} follows from what is shown");
    }
    counted
}

#[test]
fn an_attacker_who_subtracts_pages_finds_no_small_count() {
    let mut counted = 0;
    for seed in 1..=12 {
        counted += attack(seed, 40 + 60 * (seed as u32 % 4));
    }
    assert!(counted > 1_000, "a page that shows nothing protects nobody: {counted} figures");
}

#[test]
fn the_attacker_would_find_small_counts_on_pages_masked_one_by_one() {
    // The same attack on pages of which only the small cells are masked: it must succeed, or the test
    // above says nothing.
    let (truth, mut shown) = (population(3, 160, 0), BTreeMap::new());
    for (page, figures) in &truth.pages {
        for (cell, figure) in &figures.0 {
            let small = matches!(figure, Figure::Count(count) if *count < BELOW);
            shown.insert((*page, *cell), if small { Figure::Masked } else { *figure });
        }
    }
    let pages: Vec<Narrowing> = truth.pages.keys().copied().collect();
    assert!(!found(&shown, &known_sums(&pages)).is_empty());
}

#[test]
fn a_month_to_come_hides_no_month_that_has_been() {
    let today = QUARTER.period().from.plus(45);
    let figures = population_on(today, 1, 160, BELOW).figures(Narrowing::Everyone);
    assert!((0..2).all(|month| matches!(figures.of(Cell::MonthContacts(month)), Figure::Count(_))));
    assert_eq!(figures.of(Cell::MonthContacts(2)), Figure::Masked);
}
