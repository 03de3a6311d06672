//! Rows of closures, incidents and regimes.

use super::super::layout::Kept;
use super::super::recorder::Recorder;
use super::{Rows, hours, ratio};

impl Recorder {
    pub(super) fn write_security(&self, rows: &mut Rows) {
        let length = self.period_length() as f64;
        for spell in self.closures.spells() {
            if let Some(row) = rows.row(Kept::Closures) {
                let causes: Vec<&str> = spell.causes.iter().map(|&s| self.writer.sources[s as usize].as_str()).collect();
                row.real(spell.begin.as_hours())
                    .real(spell.end.as_hours())
                    .real(hours(self.closures.counted(spell)))
                    .text(&causes.join("+"))
                    .end();
            }
        }
        for incident in &self.incidents {
            if let Some(row) = rows.row(Kept::Incidents) {
                row.whole(i64::from(incident.number))
                    .real(incident.at.as_hours())
                    .text_or_empty(self.writer.severities.get(incident.severity).map(String::as_str))
                    .text_or_empty(incident.regime.and_then(|r| self.writer.regimes.get(r)).map(String::as_str))
                    .whole(i64::from(incident.exposed))
                    .real(incident.exposure)
                    .whole(i64::from(incident.lost))
                    .end();
            }
        }
        for (name, &(time, visits)) in self.writer.regimes.iter().zip(self.regimes.tallies()) {
            if let Some(row) = rows.row(Kept::Regimes) {
                row.text(name)
                    .real(hours(time))
                    .real(ratio(time as f64, length))
                    .whole(visits)
                    .end();
            }
        }
    }
}
