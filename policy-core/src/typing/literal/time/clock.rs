//! Times of a day. In: fields. Out: parts. The source is `DecodeTimeOnly` of `datetime.c`: a date may stand before the time.

use super::super::cursor::Cursor;
use super::digits::{displacement, leading};
use super::fields::{Field, Looks};
use super::moment::{timed, zone};
use super::parts::{DATE, ERA, Fault, HALF, MODIFIER, MOVING, Mask, Order, Parts, Step, TIME, ZONE, Zone};
use super::words::{Word, word};

struct Decoder<'a> {
    fields: &'a [Field],
    parts: Parts,
    given: Mask,
    now: bool,
    /// `t` came before.
    after_t: bool,
}

/// Whether the fields name the time of the statement; the parts; which of them were given.
pub(super) fn decode(fields: &[Field], order: Order, major: u32) -> (Step<bool>, Parts, Mask) {
    let mut decoder = Decoder { fields, parts: Parts::new(order, major), given: 0, now: false, after_t: false };
    let result = decoder.all();
    (result.map(|()| decoder.now), decoder.parts, decoder.given)
}

impl Decoder<'_> {
    fn all(&mut self) -> Step<()> {
        for (index, field) in self.fields.iter().enumerate() {
            let Some(mask) = self.field(index, field)? else { continue };
            if mask & self.given != 0 {
                return Err(Fault::Format);
            }
            self.given |= mask;
        }
        if self.parts.major >= 16 && self.after_t {
            return Err(Fault::Format);
        }
        // What AM and PM do to the present hour, the clock decides.
        if self.now && self.given & HALF != 0 {
            return Err(Fault::Unjudged);
        }
        self.parts.validate(self.given)?;
        self.parts.halve()?;
        self.parts.check_time()?;
        let zone = self.given & ZONE != 0;
        let part_of_date = self.given & DATE != 0 && self.given & DATE != DATE;
        let by_date = !zone || self.given & MOVING != 0;
        if self.given & TIME == 0 || (by_date && (part_of_date || self.given & MODIFIER != 0)) {
            return Err(Fault::Format);
        }
        Ok(())
    }

    fn field(&mut self, index: usize, field: &Field) -> Step<Option<Mask>> {
        let text = field.text.as_str();
        let next = self.fields.get(index + 1).map(|field| field.looks);
        let last = self.fields.last().map(|field| field.looks);
        let begins = index == 0 && next.is_some();
        match field.looks {
            Looks::Date if begins && (last == Some(Looks::Date) || next == Some(Looks::Time)) => {
                self.parts.date(text, self.given).map(Some)
            }
            Looks::Date if !text.starts_with(|char: char| char.is_ascii_digit()) => Err(Fault::Unjudged),
            Looks::Date if self.given & TIME != 0 => Err(Fault::Format),
            Looks::Date => timed(&mut self.parts, text, self.given | DATE).map(Some),
            Looks::Time => {
                // Until 15 the `t` still waits for a number.
                self.after_t &= self.parts.major < 16;
                self.parts.time(text).map(Some)
            }
            Looks::Zone => {
                self.parts.zone = Zone::Fixed(displacement(text)?);
                Ok(Some(ZONE))
            }
            Looks::Number => self.number(text, begins && last == Some(Looks::Date)).map(Some),
            Looks::Word | Looks::Special => self.word(text, next),
        }
    }

    fn number(&mut self, text: &str, may_be_date: bool) -> Step<Mask> {
        if std::mem::take(&mut self.after_t) {
            leading(&mut Cursor::new(text.as_bytes())).ok_or(Fault::Field)?;
            let mask = self.parts.run(text, self.given | DATE)?;
            return if mask == TIME { Ok(mask) } else { Err(Fault::Format) };
        }
        match text.find('.') {
            Some(_) if may_be_date => self.parts.date(text, self.given),
            Some(at) if at > 2 => self.parts.run(text, self.given | DATE),
            Some(_) => Err(Fault::Format),
            None if text.len() > 4 => self.parts.run(text, self.given | DATE),
            None => self.parts.number(text, false, self.given | DATE),
        }
    }

    /// Whether a `t` may stand before this field. Until 15 the field is looked at here, from 16 on at the end.
    fn may_follow(&self, next: Option<Looks>) -> bool {
        if self.parts.major >= 16 { !self.after_t } else { matches!(next, Some(Looks::Number | Looks::Time | Looks::Date)) }
    }

    fn word(&mut self, text: &str, next: Option<Looks>) -> Step<Option<Mask>> {
        Ok(Some(match word(text, self.parts.major) {
            Word::Filler => return Ok(None),
            Word::Now => {
                self.now = true;
                TIME
            }
            Word::Zulu => {
                self.parts.zone = Zone::Fixed(0);
                TIME | ZONE
            }
            Word::Half { pm } => {
                self.parts.afternoon = Some(pm);
                HALF
            }
            Word::Era { bc } => {
                self.parts.before_christ = bc;
                ERA
            }
            Word::Time if self.may_follow(next) => {
                self.after_t = true;
                0
            }
            // Labels before numbers of a date, which only a time with a date has.
            Word::Julian | Word::Label => return Err(Fault::Unjudged),
            other => zone(&mut self.parts, other)?,
        }))
    }
}
