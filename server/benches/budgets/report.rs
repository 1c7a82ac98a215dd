//! The table of measurements.

use std::{fs, path::Path};

use serde::Serialize;

/// One measurement beside its budget and its baseline.
#[derive(Serialize)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// The figure.
    pub measured: f64,
    /// Its unit.
    pub unit: &'static str,
    /// The budget in the same unit, and whether more or less is better.
    pub budget: Budget,
    /// What it is compared with, measured in the same run.
    pub baseline: Option<Baseline>,
    /// What one has to know to read the figure.
    pub note: Option<String>,
}

/// What the figure must keep to.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
    /// Any: the figure is only shown.
    Shown,
}

/// Another way to do the same.
#[derive(Serialize)]
pub struct Baseline {
    /// Its name.
    pub name: &'static str,
    /// Its figure in the unit of the row.
    pub measured: f64,
}

impl Row {
    /// A figure and its budget.
    pub fn new(what: impl Into<String>, measured: f64, unit: &'static str, budget: Budget) -> Self {
        Self { what: what.into(), measured, unit, budget, baseline: None, note: None }
    }

    /// What it is compared with.
    pub fn beside(self, name: &'static str, measured: f64) -> Self {
        Self { baseline: Some(Baseline { name, measured }), ..self }
    }

    /// What one has to know to read it.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    fn kept(&self) -> bool {
        match self.budget {
            Budget::AtMost(limit) => self.measured <= limit,
            Budget::AtLeast(limit) => self.measured >= limit,
            Budget::Shown => true,
        }
    }
}

/// All rows so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Adds a row and prints it.
    pub fn add(&mut self, row: Row) {
        if self.rows.is_empty() {
            println!("{:<64} {:>12} {:>14}   {:<6} baseline", "", "measured", "budget", "");
        }
        let budget = match row.budget {
            Budget::AtMost(limit) => format!("≤ {}", figure(limit)),
            Budget::AtLeast(limit) => format!("≥ {}", figure(limit)),
            Budget::Shown => String::new(),
        };
        let baseline = row.baseline.as_ref().map_or(String::new(), |baseline| {
            let ratio = row.measured / baseline.measured;
            format!("{} {} (ratio {})", baseline.name, figure(baseline.measured), figure(ratio))
        });
        let note = row.note.as_ref().map_or(String::new(), |note| format!("  ({note})"));
        let verdict = match row.budget {
            Budget::Shown => "",
            _ if row.kept() => "ok",
            _ => "OVER",
        };
        println!(
            "{:<64} {:>12} {:>14}   {:<6} {baseline}{note}",
            format!("{}, {}", row.what, row.unit),
            figure(row.measured),
            budget,
            verdict
        );
        self.rows.push(row);
    }

    /// Writes `target/bench.json`. A budget that is not kept is no failure: these figures depend on the machine.
    pub fn finish(self) -> anyhow::Result<()> {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
        fs::create_dir_all(&target)?;
        fs::write(target.join("bench.json"), serde_json::to_vec_pretty(&self.rows)?)?;
        Ok(())
    }
}

/// Of so many in a hundred, sorted on the way; nothing of nothing is 0.
pub fn percentile(figures: &mut [f64], percent: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() * percent / 100).or(figures.last()).copied().unwrap_or_default()
}

/// Three significant digits, thousands apart.
fn figure(value: f64) -> String {
    if value >= 1000.0 {
        let digits = format!("{value:.0}");
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(' ');
            }
            text.push(digit);
        }
        text
    } else if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 1.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.3}")
    }
}
