//! A row of small values by number. In: numbers. Out: values, the default where none was set. Must not know what they mean.

/// Values by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots<T>(Vec<T>);

impl<T: Clone + Default> Slots<T> {
    /// So many, all default.
    pub(super) fn new(len: usize) -> Slots<T> {
        Slots(vec![T::default(); len])
    }

    /// The value, to be changed; there is one from now on.
    pub(super) fn slot(&mut self, index: usize) -> Option<&mut T> {
        if index >= self.0.len() {
            self.0.resize(index.saturating_add(1), T::default());
        }
        self.0.get_mut(index)
    }

    /// Sets a value.
    pub(super) fn set(&mut self, index: usize, value: T) {
        if let Some(slot) = self.slot(index) {
            *slot = value;
        }
    }

    /// All of them, to be changed.
    pub(super) fn all(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut()
    }
}

impl<T: Copy + Default> Slots<T> {
    /// A value.
    pub(super) fn at(&self, index: usize) -> T {
        self.0.get(index).copied().unwrap_or_default()
    }
}
