//! Dates with or without a time. In: fields. Out: parts. The source is `DecodeDateTime` of `datetime.c`.

use super::super::cursor::Cursor;
use super::digits::{displacement, leading};
use super::fields::{Field, Looks};
use super::parts::{
    DATE, DAY, ERA, Fault, HALF, MODIFIER, MONTH, MOVING, Mask, Order, Parts, RESERVED, SAVING, Step, TIME, WEEKDAY, ZONE, Zone,
};
use super::words::{Word, word};

/// What the fields name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Parts,
    Epoch,
    Late,
    Early,
    /// The time of the statement decides.
    Now,
}

/// What a field says about the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Julian,
    Time,
    /// One that leads to a refusal.
    Wrong,
}

struct Decoder {
    parts: Parts,
    given: Mask,
    named: Named,
    label: Option<Label>,
    month_as_text: bool,
}

/// The parts that fields add up to; whether the order of dates made a difference is in them in any case.
pub(super) fn decode(fields: &[Field], order: Order, major: u32) -> (Step<Named>, Parts, Mask) {
    let parts = Parts::new(order, major);
    let mut decoder = Decoder { parts, given: 0, named: Named::Parts, label: None, month_as_text: false };
    let named = decoder.all(fields);
    (named, decoder.parts, decoder.given)
}

impl Decoder {
    fn all(&mut self, fields: &[Field]) -> Step<Named> {
        for (index, field) in fields.iter().enumerate() {
            let Some(mask) = self.field(field, fields.get(index + 1))? else { continue };
            if mask & self.given != 0 {
                return Err(Fault::Format);
            }
            self.given |= mask;
        }
        let modern = self.parts.major >= 16;
        if modern && self.label.is_some() {
            return Err(Fault::Format);
        }
        if matches!(self.named, Named::Epoch | Named::Late | Named::Early) {
            // Until 15 the other fields are looked at all the same.
            if !modern {
                self.parts.validate(self.given)?;
                self.parts.halve()?;
            }
            return Ok(self.named);
        }
        if self.named == Named::Now && self.given & HALF != 0 {
            return Err(Fault::Unjudged);
        }
        self.parts.validate(self.given)?;
        self.parts.halve()?;
        if self.given & DATE != DATE || (self.given & MODIFIER != 0 && self.given & (ZONE | MOVING) != ZONE) {
            return Err(Fault::Format);
        }
        Ok(self.named)
    }

    /// One field. Out: the parts that it gave; none if it means nothing.
    fn field(&mut self, field: &Field, next: Option<&Field>) -> Step<Option<Mask>> {
        let text = field.text.as_str();
        match field.looks {
            Looks::Date => self.dated(text).map(Some),
            Looks::Time => {
                match self.label.take() {
                    None | Some(Label::Time) => {}
                    Some(_) => return Err(Fault::Format),
                }
                let mask = self.parts.time(text)?;
                self.parts.check_time()?;
                Ok(Some(mask))
            }
            Looks::Zone => {
                self.parts.zone = Zone::Fixed(displacement(text)?);
                Ok(Some(ZONE))
            }
            Looks::Number => match self.label {
                Some(label) => self.labelled(label, text).map(Some),
                None => self.number(text).map(Some),
            },
            Looks::Word | Looks::Special => self.word(text, next),
        }
    }

    /// A date, or a zone, or a time with a zone.
    fn dated(&mut self, text: &str) -> Step<Mask> {
        if self.label == Some(Label::Julian) {
            let mut cursor = Cursor::new(text.as_bytes());
            let day = leading(&mut cursor).filter(|day| *day >= 0).ok_or(Fault::Field)?;
            self.parts.set_julian(day);
            self.parts.zone = Zone::Fixed(displacement(&String::from_utf8_lossy(cursor.rest()))?);
            self.label = None;
            return Ok(DATE | TIME | ZONE);
        }
        if self.label.is_none() && self.given & (MONTH | DAY) != MONTH | DAY {
            return self.parts.date(text, self.given);
        }
        if !text.starts_with(|char: char| char.is_ascii_digit()) && self.label.is_none() {
            return Err(Fault::Unjudged);
        }
        if self.label.take().is_some_and(|label| label != Label::Time) || self.given & TIME != 0 {
            return Err(Fault::Format);
        }
        timed(&mut self.parts, text, self.given)
    }

    fn labelled(&mut self, label: Label, text: &str) -> Step<Mask> {
        let mut cursor = Cursor::new(text.as_bytes());
        let value = leading(&mut cursor).ok_or(Fault::Field)?;
        self.label = None;
        match label {
            Label::Julian => {
                if value < 0 {
                    return Err(Fault::Field);
                }
                self.parts.set_julian(value);
                if cursor.is_done() {
                    return Ok(DATE);
                }
                if cursor.rest() == b"." {
                    return if self.parts.major >= 15 { Err(Fault::Unjudged) } else { Err(Fault::Format) };
                }
                self.parts.set_part_of_day(&String::from_utf8_lossy(cursor.rest()))?;
                Ok(DATE | TIME)
            }
            Label::Time => {
                let mask = self.parts.run(text, self.given | DATE)?;
                if mask == TIME { Ok(mask) } else { Err(Fault::Format) }
            }
            Label::Wrong => Err(Fault::Format),
        }
    }

    fn number(&mut self, text: &str) -> Step<Mask> {
        let point = text.find('.');
        let together = text.len() >= 6 && (self.given & DATE == 0 || self.given & TIME == 0);
        match point {
            Some(_) if self.given & DATE == 0 => self.parts.date(text, self.given),
            Some(at) if at > 2 => self.parts.run(text, self.given),
            _ if together => self.parts.run(text, self.given),
            _ => self.parts.number(text, self.month_as_text, self.given),
        }
    }

    fn word(&mut self, text: &str, next: Option<&Field>) -> Step<Option<Mask>> {
        let modern = self.parts.major >= 16;
        Ok(Some(match word(text, self.parts.major) {
            Word::Filler => return Ok(None),
            now @ (Word::Now | Word::Today) => {
                self.named = Named::Now;
                // INVARIANT: some day stands for the one that is not known.
                self.parts.set_julian(super::calendar::EPOCH);
                if now == Word::Now { DATE | TIME | ZONE } else { DATE }
            }
            Word::Zulu => {
                self.parts.zone = Zone::Fixed(0);
                TIME | ZONE
            }
            end @ (Word::Epoch | Word::Late | Word::Early) => {
                self.named = match end {
                    Word::Epoch => Named::Epoch,
                    Word::Late => Named::Late,
                    _ => Named::Early,
                };
                if modern { DATE | TIME | ZONE } else { RESERVED }
            }
            Word::Month(month) => self.month(month),
            Word::Weekday => WEEKDAY,
            Word::Half { pm } => {
                self.parts.afternoon = Some(pm);
                HALF
            }
            Word::Era { bc } => {
                self.parts.before_christ = bc;
                ERA
            }
            Word::Time => {
                let fits = next.is_some_and(|next| matches!(next.looks, Looks::Number | Looks::Time | Looks::Date));
                // Until 15 the next field is looked at here, from 16 on at the end.
                if self.given & DATE != DATE || if modern { self.label.is_some() } else { !fits } {
                    return Err(Fault::Format);
                }
                self.label = Some(Label::Time);
                0
            }
            Word::Julian => self.unit(Label::Julian)?,
            Word::Label if !modern => return Err(Fault::Unjudged),
            Word::Label => self.unit(Label::Wrong)?,
            other => zone(&mut self.parts, other)?,
        }))
    }

    fn unit(&mut self, label: Label) -> Step<Mask> {
        if self.parts.major >= 16 && self.label.is_some() {
            return Err(Fault::Format);
        }
        self.label = Some(label);
        Ok(0)
    }

    /// The name of a month. A number that was taken for the month becomes the day.
    fn month(&mut self, month: i64) -> Mask {
        let mut mask = MONTH;
        if self.given & MONTH != 0 && !self.month_as_text && self.given & DAY == 0 && (1..=31).contains(&self.parts.month) {
            self.parts.day = self.parts.month;
            mask = DAY;
        }
        self.month_as_text = true;
        self.parts.month = month;
        mask
    }
}

/// Digits of a time, and a zone after a hyphen.
pub(super) fn timed(parts: &mut Parts, text: &str, given: Mask) -> Step<Mask> {
    let at = text.find('-').and_then(|at| text.split_at_checked(at));
    let (digits, zone) = at.ok_or(Fault::Format)?;
    parts.zone = Zone::Fixed(displacement(zone)?);
    // Letters among the digits are read in ways that differ.
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Err(Fault::Unjudged);
    }
    Ok(parts.run(digits, given)? | ZONE)
}

/// A word of a zone.
pub(super) fn zone(parts: &mut Parts, word: Word) -> Step<Mask> {
    match word {
        Word::Saving => {
            parts.zone = Zone::Listed;
            Ok(MODIFIER | SAVING)
        }
        Word::Zone { saving, is_utc } => {
            parts.zone = if is_utc { Zone::Fixed(0) } else { Zone::Listed };
            Ok(if saving { SAVING | ZONE } else { ZONE })
        }
        Word::Moving => {
            parts.zone = Zone::Listed;
            Ok(MOVING | ZONE)
        }
        Word::Named => Err(Fault::Unjudged),
        _ => Err(Fault::Format),
    }
}
