//! Labels that keep out of one another's way.

use super::scene::Frame;

/// Places for labels along a line: each as near to its `wish` (the middle of a label `extent` long) as the others allow, in the order of the wishes,
/// at least `gap` apart, and within `from` to `to` where they all fit. Labels that want the same place share the shift between them (pooled neighbours).
pub(super) fn spread(labels: &[(f64, f64)], gap: f64, from: f64, to: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&a, &b| labels[a].0.total_cmp(&labels[b].0).then(a.cmp(&b)));
    let mut groups: Vec<Group> = Vec::new();
    for &index in &order {
        let (wish, extent) = labels[index];
        let mut group = Group {
            members: vec![index],
            length: extent,
            start: (wish - extent / 2.0).min(to - extent).max(from),
        };
        while let Some(before) = groups.pop_if(|before| before.start + before.length + gap > group.start) {
            let (a, b) = (before.members.len() as f64, group.members.len() as f64);
            let joined = before.length + gap + group.length;
            let start = (before.start * a + (group.start - before.length - gap) * b) / (a + b);
            group = Group {
                members: [before.members, group.members].concat(),
                length: joined,
                start: start.min(to - joined).max(from),
            };
        }
        groups.push(group);
    }
    let mut places = vec![0.0; labels.len()];
    for group in groups {
        let mut at = group.start;
        for index in group.members {
            places[index] = at + labels[index].1 / 2.0;
            at += labels[index].1 + gap;
        }
    }
    places
}

/// Labels that touch, laid one after another.
struct Group {
    members: Vec<usize>,
    length: f64,
    start: f64,
}

/// Whether boxes in order along a row keep `gap` between them.
pub(super) fn are_apart(boxes: &[Frame], gap: f64) -> bool {
    boxes.windows(2).all(|pair| pair[0].right + gap <= pair[1].left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_do_not_touch_stay_where_they_wish() {
        assert_eq!(spread(&[(10.0, 4.0), (30.0, 4.0)], 1.0, 0.0, 100.0), [10.0, 30.0]);
    }

    #[test]
    fn labels_that_touch_share_the_shift_and_keep_their_order() {
        assert_eq!(spread(&[(10.0, 4.0), (10.0, 4.0), (10.0, 4.0)], 1.0, 0.0, 100.0), [5.0, 10.0, 15.0]);
    }

    #[test]
    fn labels_stay_within_the_ends() {
        assert_eq!(spread(&[(0.0, 4.0), (1.0, 4.0)], 1.0, 0.0, 100.0), [2.0, 7.0]);
        assert_eq!(spread(&[(100.0, 4.0), (99.0, 4.0)], 1.0, 0.0, 100.0), [98.0, 93.0]);
    }

    #[test]
    fn whatever_the_wishes_no_two_overlap() {
        for seed in 0..200_u32 {
            let labels: Vec<(f64, f64)> = (0..6)
                .map(|k| (f64::from((seed * 7919 + k * 104_729) % 97), f64::from(3 + (seed + k) % 9)))
                .collect();
            let places = spread(&labels, 1.0, 0.0, 120.0);
            let mut spans: Vec<(f64, f64)> = places
                .iter()
                .zip(&labels)
                .map(|(&at, l)| (at - l.1 / 2.0, at + l.1 / 2.0))
                .collect();
            spans.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(spans.windows(2).all(|w| w[0].1 + 1.0 <= w[1].0 + 1e-9), "{labels:?} {places:?}");
            assert!(spans[0].0 >= -1e-9 && spans[5].1 <= 120.0 + 1e-9, "{labels:?} {places:?}");
        }
    }
}
