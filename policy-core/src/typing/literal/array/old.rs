//! Arrays as 14 to 16 read them. In: the text from its first brace on. Out: what becomes of it.

use super::super::cursor::{Cursor, is_space};
use super::super::outcome::{Reading, Sense, Stop};
use super::{LEVELS, Source, bare, ends};

/// Where the look at the braces stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    NoLevel,
    LevelStarted,
    LevelCompleted,
    LevelDelimited,
    ElementStarted,
    Quoted,
    QuotedCompleted,
    ElementDelimited,
}

impl State {
    /// Whether something has ended here, so that a delimiter or a brace may come.
    fn is_complete(self) -> bool {
        matches!(self, State::ElementStarted | State::QuotedCompleted | State::LevelCompleted)
    }

    fn may_begin(self) -> bool {
        matches!(self, State::LevelStarted | State::ElementDelimited)
    }
}

/// What is known of the shape.
#[derive(Default)]
struct Shape {
    /// The levels that are open, with their elements so far.
    open: Vec<usize>,
    /// The size of each level.
    sizes: [Option<usize>; LEVELS],
    /// The levels at which elements stand.
    depths: Vec<usize>,
    elements: Vec<Option<Vec<u8>>>,
}

/// An element in the making.
#[derive(Default)]
struct Item {
    text: Vec<u8>,
    kept: usize,
    escaped: bool,
    quoted: bool,
}

pub(super) fn read(source: &Source, mut cursor: Cursor, sizes: &[usize]) -> Reading<Sense> {
    let shape = shape(source, &mut cursor)?;
    ends(source, &cursor)?;
    let found: Vec<usize> = if shape.elements.is_empty() { Vec::new() } else { shape.sizes.iter().map_while(|size| *size).collect() };
    // Elements at several levels: what the server makes of the sizes is not followed here.
    if shape.depths.iter().any(|depth| *depth != found.len()) {
        return Err(Stop::Unjudged);
    }
    if !sizes.is_empty() && sizes != found {
        return Err(source.malformed());
    }
    shape.elements.into_iter().try_fold(Sense::Fixed, |sense, element| Ok(sense.and(source.element(element)?)))
}

/// Follows braces, quotes and delimiters to the last brace.
fn shape(source: &Source, cursor: &mut Cursor) -> Reading<Shape> {
    let mut shape = Shape::default();
    let mut item = Item::default();
    let mut state = State::NoLevel;
    loop {
        let byte = cursor.next();
        if byte == 0 {
            return Err(source.malformed());
        }
        if byte == b'\\' {
            if !(state.may_begin() || matches!(state, State::ElementStarted | State::Quoted)) || cursor.is_done() {
                return Err(source.malformed());
            }
            if state != State::Quoted {
                state = State::ElementStarted;
            }
            item.push(cursor.next(), true);
            item.escaped = true;
        } else if state == State::Quoted {
            if byte == b'"' {
                state = State::QuotedCompleted;
            } else {
                item.push(byte, true);
            }
        } else {
            state = step(source, state, byte, &mut shape, &mut item)?;
            if shape.open.is_empty() {
                return Ok(shape);
            }
        }
    }
}

/// One byte outside quotes.
fn step(source: &Source, state: State, byte: u8, shape: &mut Shape, item: &mut Item) -> Reading<State> {
    match byte {
        b'"' if state.may_begin() => {
            item.quoted = true;
            Ok(State::Quoted)
        }
        b'{' if matches!(state, State::NoLevel | State::LevelStarted | State::LevelDelimited) => {
            if shape.open.len() >= LEVELS {
                return Err(source.too_deep());
            }
            shape.open.push(0);
            Ok(State::LevelStarted)
        }
        b'}' if state.is_complete() || (state == State::LevelStarted && shape.open.len() == 1) => {
            shape.finish(state, item);
            if shape.close() { Ok(State::LevelCompleted) } else { Err(source.malformed()) }
        }
        _ if byte == source.delimiter && state.is_complete() => {
            shape.finish(state, item);
            if let Some(count) = shape.open.last_mut() {
                *count += 1;
            }
            Ok(if state == State::LevelCompleted { State::LevelDelimited } else { State::ElementDelimited })
        }
        b'"' | b'{' | b'}' => Err(source.malformed()),
        _ if byte == source.delimiter => Err(source.malformed()),
        _ if is_space(byte) => {
            if state == State::ElementStarted {
                item.push(byte, false);
            }
            Ok(state)
        }
        _ if state.may_begin() || state == State::ElementStarted => {
            item.push(byte, true);
            Ok(State::ElementStarted)
        }
        _ => Err(source.malformed()),
    }
}

impl Shape {
    /// Notes the element that ends here, if one does.
    fn finish(&mut self, state: State, item: &mut Item) {
        if matches!(state, State::ElementStarted | State::QuotedCompleted) {
            let Item { text, kept, escaped, quoted } = std::mem::take(item);
            self.elements.push(bare(text, kept, escaped || quoted));
            self.depths.push(self.open.len());
        }
    }

    /// Ends the innermost level. Out: whether it is as long as the ones before it.
    fn close(&mut self) -> bool {
        let Some(count) = self.open.pop() else { return false };
        let size = count + 1;
        self.sizes.get_mut(self.open.len()).is_some_and(|known| *known.get_or_insert(size) == size)
    }
}

impl Item {
    fn push(&mut self, byte: u8, keep: bool) {
        self.text.push(byte);
        if keep {
            self.kept = self.text.len();
        }
    }
}
