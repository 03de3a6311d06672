//! Values kept in ascending order as they come.

/// Values in blocks that are in order, each block in order too. A block holds at most twice the root of their number, so that adding
/// one to n takes time of the order of √n, and so does looking one up.
#[derive(Clone, Debug, Default)]
pub(super) struct Ordered {
    /// None of them is empty.
    blocks: Vec<Vec<f64>>,
    len: usize,
}

/// Small blocks are not worth splitting.
const SMALL: usize = 64;

impl Ordered {
    /// Adds a value that is no NaN, after those equal to it.
    pub(super) fn add(&mut self, y: f64) {
        self.len += 1;
        if self.blocks.is_empty() {
            self.blocks.push(Vec::new());
        }
        let is_below = |block: &Vec<f64>| block.last().is_some_and(|last| *last <= y);
        let at = self.blocks.partition_point(is_below).min(self.blocks.len() - 1);
        let block = &mut self.blocks[at];
        block.insert(block.partition_point(|x| *x <= y), y);
        if block.len() > SMALL.max(2 * self.len.isqrt()) {
            let upper = block.split_off(block.len() / 2);
            self.blocks.insert(at + 1, upper);
        }
    }

    /// The number of values.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The value of a rank, from 1 to their number.
    pub(super) fn at(&self, rank: usize) -> f64 {
        let mut within = rank - 1;
        for block in &self.blocks {
            if let Some(value) = block.get(within) {
                return *value;
            }
            within -= block.len();
        }
        f64::NAN
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::uniforms;
    use super::*;

    #[test]
    fn every_rank_holds_what_sorting_puts_there() {
        let mut uniform = uniforms(41);
        let (mut ordered, mut values) = (Ordered::default(), Vec::new());
        for i in 0..20_000 {
            // Many ties, and a stretch in order.
            let y = if i % 3 == 0 { f64::from(i) } else { (uniform() * 500.0).floor() };
            ordered.add(y);
            values.push(y);
        }
        values.sort_by(f64::total_cmp);
        assert_eq!(ordered.len(), values.len());
        assert!(values.iter().enumerate().all(|(i, y)| (ordered.at(i + 1) - y).abs() <= 0.0));
        let greatest = ordered.blocks.iter().map(Vec::len).max().unwrap();
        assert!(
            greatest <= 2 * values.len().isqrt() && ordered.blocks.len() < 1000,
            "{greatest} {}",
            ordered.blocks.len()
        );
    }
}
