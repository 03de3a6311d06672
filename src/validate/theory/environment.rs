//! Lanes that a random environment takes away and gives back.

/// M/M/c whose lanes depend on a two-state environment: `open` lanes work in the first, `closed` in the second; services taken away are resumed.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// Arrivals an hour.
    pub rate: f64,
    /// Mean service in hours.
    pub service: f64,
    /// Lanes that work while open.
    pub open: u32,
    /// Lanes that work while closed.
    pub closed: u32,
    /// Mean open spell in hours, exponential.
    pub mean_open: f64,
    /// Mean closed spell in hours, exponential.
    pub mean_closed: f64,
}

type Matrix = [[f64; 2]; 2];

impl Environment {
    /// Mean number of trucks present: the level-dependent quasi birth and death process, solved from a far level down (Bright and Taylor 1995).
    pub fn present(&self) -> f64 {
        const LEVELS: usize = 6_000;
        let mut ratios: Vec<Matrix> = vec![[[0.0; 2]; 2]; LEVELS + 1];
        for n in (1..=LEVELS).rev() {
            let beyond = if n < LEVELS {
                self.down(ratios[n + 1], n + 1)
            } else {
                [[0.0; 2]; 2]
            };
            let mut stay = self.local(n);
            for (row, extra) in stay.iter_mut().zip(beyond) {
                row[0] += extra[0];
                row[1] += extra[1];
            }
            ratios[n] = scaled(inverse(stay), -self.rate);
        }
        let mut level = self.empty(ratios[1]);
        let (mut total, mut present) = (level[0] + level[1], 0.0);
        for (n, ratio) in ratios.iter().enumerate().skip(1) {
            level = [
                level[0] * ratio[0][0] + level[1] * ratio[1][0],
                level[0] * ratio[0][1] + level[1] * ratio[1][1],
            ];
            total += level[0] + level[1];
            present += n as f64 * (level[0] + level[1]);
        }
        present / total
    }

    fn served(&self, n: usize) -> [f64; 2] {
        [self.open, self.closed].map(|lanes| (n as f64).min(f64::from(lanes)) / self.service)
    }

    /// Rates within level `n`, the diagonal included.
    fn local(&self, n: usize) -> Matrix {
        let leave = self.served(n);
        let (close, reopen) = (1.0 / self.mean_open, 1.0 / self.mean_closed);
        [[-(self.rate + close + leave[0]), close], [reopen, -(self.rate + reopen + leave[1])]]
    }

    /// `ratio` times the rates from level `n` to the one below.
    fn down(&self, ratio: Matrix, n: usize) -> Matrix {
        let leave = self.served(n);
        ratio.map(|row| [row[0] * leave[0], row[1] * leave[1]])
    }

    /// The (unscaled) law of the empty level: the left null vector of its censored rates.
    fn empty(&self, first: Matrix) -> [f64; 2] {
        let stay = self.local(0);
        let back = self.down(first, 1);
        let out_of_second = stay[1][0] + back[1][0];
        let out_of_first = stay[0][0] + back[0][0];
        [out_of_second, -out_of_first]
    }
}

/// Mean number present in M/M/1 with exponential open and closed spells, service resumed (White and Christie 1958).
pub fn interrupted_server(rate: f64, service: f64, mean_open: f64, mean_closed: f64) -> f64 {
    let (close, reopen) = (1.0 / mean_open, 1.0 / mean_closed);
    let available = reopen / (close + reopen);
    let spells = close / ((close + reopen) * (close + reopen));
    rate / (available / service - rate) * (1.0 + spells / service)
}

fn inverse(m: Matrix) -> Matrix {
    let determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    [
        [m[1][1] / determinant, -m[0][1] / determinant],
        [-m[1][0] / determinant, m[0][0] / determinant],
    ]
}

fn scaled(m: Matrix, by: f64) -> Matrix {
    m.map(|row| row.map(|x| x * by))
}

#[cfg(test)]
mod tests {
    use super::super::lanes::waiting_time;
    use super::*;

    #[test]
    fn an_interrupted_server_agrees_with_its_balance_equations() {
        let solved = Environment {
            rate: 6.0,
            service: 1.0 / 15.0,
            open: 1,
            closed: 0,
            mean_open: 10.0,
            mean_closed: 2.0,
        }
        .present();
        let closed_form = interrupted_server(6.0, 1.0 / 15.0, 10.0, 2.0);
        assert!((solved / closed_form - 1.0).abs() < 1e-8, "{solved} is not {closed_form}");
    }

    #[test]
    fn an_environment_that_takes_no_lane_changes_nothing() {
        let same = Environment {
            rate: 2.0,
            service: 1.0,
            open: 3,
            closed: 3,
            mean_open: 5.0,
            mean_closed: 1.0,
        };
        let present = 2.0 * (waiting_time(3, 2.0, 1.0) + 1.0);
        assert!((same.present() / present - 1.0).abs() < 1e-9);
    }
}
