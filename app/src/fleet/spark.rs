//! The latest checks as a small line: one path of what was good, one of what was bad.

use crate::model::spark::{BAD, LENGTH, NOTHING};

/// The line in a box of 72 × 20: through the good checks, broken where there is nothing; and a stroke for each bad one.
#[must_use]
pub fn paths(bytes: &[u8]) -> (String, String) {
    let good = || bytes.iter().copied().filter(|byte| *byte != NOTHING && *byte != BAD);
    let low = good().min().unwrap_or_default();
    // A tenth more or less must not look like a mountain.
    let span = good().max().unwrap_or_default().saturating_sub(low).max(40);
    let (mut line, mut bad) = (String::new(), String::new());
    let first = LENGTH.saturating_sub(bytes.len());
    let mut pen_down = false;
    for (at, byte) in bytes.iter().enumerate() {
        let x = (first + at) * 3 + 1;
        match *byte {
            BAD => {
                bad.push_str(&["M", &x.to_string(), " 2V18"].concat());
                pen_down = false;
            }
            NOTHING => pen_down = false,
            byte => {
                let y = 18 - u32::from(byte - low) * 14 / u32::from(span);
                line.push(if pen_down { 'L' } else { 'M' });
                line.push_str(&[&x.to_string(), " ", &y.to_string()].concat());
                if !pen_down {
                    // A check between two gaps is still seen.
                    line.push_str("h0");
                }
                pen_down = true;
            }
        }
    }
    (line, bad)
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn good_checks_are_a_line_bad_ones_strokes_and_nothing_is_a_gap() {
        assert_eq!(paths(&[]), (String::new(), String::new()));
        let (line, bad) = paths(&[0, 50, 90, 255, 60]);
        assert_eq!(line, "M61 18h0L64 4M70 15h0");
        assert_eq!(bad, "M67 2V18");
    }

    #[test]
    fn the_latest_check_is_at_the_right_end() {
        assert!(paths(&[50; 24]).0.starts_with("M1 18") && paths(&[50; 24]).0.ends_with("L70 18"));
    }
}
