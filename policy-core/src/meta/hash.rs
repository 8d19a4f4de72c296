//! Names as numbers, sorted and searched in constants: a linear search over 1000 tables takes rustc a minute.

/// FNV-1a-64 of a name.
#[must_use]
pub const fn of(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let (mut hash, mut i) = (0xcbf2_9ce4_8422_2325_u64, 0);
    while i < bytes.len() {
        #[expect(clippy::indexing_slicing, reason = "bounded by the loop; constants have no iterators")]
        let byte = bytes[i];
        hash = (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    hash
}

/// How many names several items have.
#[must_use]
pub const fn count(parts: &[&[u64]]) -> usize {
    let (mut total, mut i) = (0, 0);
    while i < parts.len() {
        #[expect(clippy::indexing_slicing, reason = "bounded by the loop; constants have no iterators")]
        let part = parts[i];
        total += part.len();
        i += 1;
    }
    total
}

/// The names of several items, sorted.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "bounded by the loops; constants have no iterators")]
pub const fn sorted<const N: usize>(parts: &[&[u64]]) -> [u64; N] {
    let mut all = [0; N];
    let (mut filled, mut i) = (0, 0);
    while i < parts.len() {
        let mut k = 0;
        while k < parts[i].len() {
            all[filled] = parts[i][k];
            filled += 1;
            k += 1;
        }
        i += 1;
    }
    // A heap: no recursion, no second array.
    let mut start = N / 2;
    while start > 0 {
        start -= 1;
        sift(&mut all, start, N);
    }
    let mut end = N;
    while end > 1 {
        end -= 1;
        let top = all[0];
        all[0] = all[end];
        all[end] = top;
        sift(&mut all, 0, end);
    }
    all
}

#[expect(clippy::indexing_slicing, reason = "bounded by `end`")]
const fn sift<const N: usize>(all: &mut [u64; N], mut root: usize, end: usize) {
    loop {
        let mut child = 2 * root + 1;
        if child >= end {
            return;
        }
        if child + 1 < end && all[child] < all[child + 1] {
            child += 1;
        }
        if all[root] >= all[child] {
            return;
        }
        let swap = all[root];
        all[root] = all[child];
        all[child] = swap;
        root = child;
    }
}

/// Whether a sorted list holds a name.
#[must_use]
pub const fn holds(names: &[u64], name: u64) -> bool {
    let (mut low, mut high) = (0, names.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        #[expect(clippy::indexing_slicing, reason = "between low and high")]
        let found = names[middle];
        if found == name {
            return true;
        }
        if found < name {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_and_finds() {
        const A: &[u64] = &[5, 1, 9];
        const B: &[u64] = &[3, 3];
        const ALL: [u64; 5] = sorted(&[A, B]);
        assert_eq!(ALL, [1, 3, 3, 5, 9]);
        assert!(holds(&ALL, 9) && holds(&ALL, 1) && !holds(&ALL, 4) && !holds(&[], 4));
        assert_ne!(of("a"), of("b"));
    }
}
