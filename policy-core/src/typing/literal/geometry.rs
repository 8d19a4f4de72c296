//! Shapes. In: a text. Out: what becomes of it. The source is `geo_ops.c`: parentheses are mostly free.

use super::cursor::{Cursor, is_space};
use super::float::{Width, scan};
use super::outcome::{Reading, Sense, Stop};

/// A text with the type that it is read as.
struct Shape<'a> {
    kind: &'a str,
    text: &'a str,
}

/// A whole text as a shape.
pub(super) fn read(kind: &str, text: &str) -> Reading<Sense> {
    let shape = Shape { kind, text };
    let mut cursor = Cursor::new(text.as_bytes());
    match kind {
        "point" => shape.pair(&mut cursor).map(|_| ()),
        "lseg" => shape.points(&mut cursor, 2, true).map(|_| ()),
        "box" => shape.points(&mut cursor, 2, false).map(|_| ()),
        "path" => shape.path(&mut cursor),
        "polygon" => shape.count().and_then(|count| shape.points(&mut cursor, count, false)).map(|_| ()),
        "circle" => shape.circle(&mut cursor),
        _ => shape.line(&mut cursor),
    }?;
    if cursor.is_done() { Ok(Sense::Fixed) } else { Err(shape.syntax()) }
}

impl Shape<'_> {
    fn syntax(&self) -> Stop {
        Stop::syntax(self.kind, self.text)
    }

    fn expect(&self, cursor: &mut Cursor, byte: u8) -> Reading<()> {
        if cursor.eat(byte) { Ok(()) } else { Err(self.syntax()) }
    }

    fn number(&self, cursor: &mut Cursor) -> Reading<f64> {
        scan(cursor, Width::Double, self.kind, self.text)
    }

    /// Two numbers, in parentheses or not.
    fn pair(&self, cursor: &mut Cursor) -> Reading<(f64, f64)> {
        cursor.spaces();
        let closed = cursor.eat(b'(');
        let x = self.number(cursor)?;
        self.expect(cursor, b',')?;
        let y = self.number(cursor)?;
        if closed {
            self.expect(cursor, b')')?;
            cursor.spaces();
        }
        Ok((x, y))
    }

    /// So many points, in parentheses, in brackets where they are allowed, or bare.
    fn points(&self, cursor: &mut Cursor, count: usize, brackets: bool) -> Reading<Vec<(f64, f64)>> {
        let mut depth = 0;
        cursor.spaces();
        let open = cursor.eat(b'[');
        if open {
            depth = 1;
            if !brackets {
                return Err(self.syntax());
            }
        } else if cursor.peek() == b'(' {
            let inner = after_parenthesis(cursor);
            if inner.peek() == b'(' || is_only_parenthesis(cursor) {
                depth = 1;
                *cursor = inner;
            }
        }
        let mut points = Vec::new();
        for _ in 0..count {
            points.push(self.pair(cursor)?);
            cursor.eat(b',');
        }
        if depth == 1 {
            let closed = cursor.eat(b')') || (open && cursor.eat(b']'));
            if !closed {
                return Err(self.syntax());
            }
            cursor.spaces();
        }
        Ok(points)
    }

    /// How many points the commas make: they stand within points and between them.
    fn count(&self) -> Reading<usize> {
        let commas = self.text.bytes().filter(|byte| *byte == b',').count();
        if commas % 2 == 1 { Ok(commas.div_ceil(2)) } else { Err(self.syntax()) }
    }

    fn path(&self, cursor: &mut Cursor) -> Reading<()> {
        let count = self.count()?;
        cursor.spaces();
        let wrapped = cursor.peek() == b'(' && is_only_parenthesis(cursor);
        if wrapped {
            cursor.skip(1);
        }
        self.points(cursor, count, true)?;
        if wrapped {
            self.expect(cursor, b')')?;
            cursor.spaces();
        }
        Ok(())
    }

    fn circle(&self, cursor: &mut Cursor) -> Reading<()> {
        cursor.spaces();
        let angled = cursor.eat(b'<');
        let inner = after_parenthesis(cursor);
        let wrapped = !angled && cursor.peek() == b'(' && inner.peek() == b'(';
        if wrapped {
            *cursor = inner;
        }
        self.pair(cursor)?;
        cursor.eat(b',');
        if self.number(cursor)? < 0.0 {
            return Err(self.syntax());
        }
        if angled || wrapped {
            if !cursor.eat(b')') && !cursor.eat(b'>') {
                return Err(self.syntax());
            }
            cursor.spaces();
        }
        Ok(())
    }

    fn line(&self, cursor: &mut Cursor) -> Reading<()> {
        cursor.spaces();
        if !cursor.eat(b'{') {
            let points = self.points(cursor, 2, true)?;
            return if cursor.is_done() { distinct(&points) } else { Err(self.syntax()) };
        }
        let a = self.number(cursor)?;
        self.expect(cursor, b',')?;
        let b = self.number(cursor)?;
        self.expect(cursor, b',')?;
        self.number(cursor)?;
        self.expect(cursor, b'}')?;
        cursor.spaces();
        if cursor.is_done() && is_zero(a) && is_zero(b) {
            return Err(Stop::refused("22P02", "invalid line specification: A and B cannot both be zero"));
        }
        Ok(())
    }
}

/// `FPzero`.
fn is_zero(value: f64) -> bool {
    value.abs() <= 1e-6
}

/// Whether two points make a line. Very large ones may leave the range of their numbers on the way, and are not judged.
fn distinct(points: &[(f64, f64)]) -> Reading<()> {
    let [(a, b), (c, d)] = points else { return Err(Stop::Unjudged) };
    if [a, b, c, d].iter().any(|value| value.is_nan() || value.abs() > 1e50) {
        return Err(Stop::Unjudged);
    }
    if is_zero(a - c) && is_zero(b - d) {
        return Err(Stop::refused("22P02", "invalid line specification: must be two distinct points"));
    }
    Ok(())
}

fn after_parenthesis<'a>(cursor: &Cursor<'a>) -> Cursor<'a> {
    let mut inner = *cursor;
    inner.skip(1);
    inner.take(is_space);
    inner
}

/// Whether the parenthesis that comes next is the last one that opens.
fn is_only_parenthesis(cursor: &Cursor) -> bool {
    cursor.rest().iter().filter(|byte| **byte == b'(').count() == 1
}
