//! Words of dates and intervals. In: a word in lower case. Out: what it stands for. The sources are `datetime.c` and the file
//! `timezonesets/Default`.

/// What a word of a date stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Now,
    /// today, tomorrow or yesterday.
    Today,
    Zulu,
    Epoch,
    Late,
    Early,
    Month(i64),
    /// A day of the week.
    Weekday,
    /// AM, or PM.
    Half {
        pm: bool,
    },
    /// AD, or BC.
    Era {
        bc: bool,
    },
    /// Means nothing.
    Filler,
    /// The time follows.
    Time,
    /// A Julian day follows.
    Julian,
    /// Labels of numbers. From 16 on they are words still, and lead to a refusal.
    Label,
    /// Daylight saving, after a zone.
    Saving,
    /// An abbreviation of a zone with a fixed distance; it is given where it is zero.
    Zone {
        saving: bool,
        is_utc: bool,
    },
    /// An abbreviation whose distance depends on the date.
    Moving,
    /// A name of a zone, or what may be one.
    Named,
    Unknown,
}

const MONTHS: &[&str] =
    &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const WEEKDAYS: &str = "sun sunday mon monday tue tues tuesday wed wednesday weds thu thur thurs thursday fri friday sat saturday";

/// Abbreviations of standard times in every `timezonesets/Default` from 14 to 18.
const STANDARD: &str = "acst act acwst aest aft akst almt amt ast awst azot bdt bnt bort bot bra brt btt cast cct cet chast chut cot \
    cst cxt ddut eat eet egt est fet fjt fnt galt gamt gft gilt gmt hkt hst ict irt ist jayt jst kst lhst ligt mart met mez mht \
    mmt mpt mst mut mvt myt nft npt nst nzst nzt pet pgt pht pkt pmst pont pst pwt ret sast sct taht tft tjt tot trut tvt uct ut \
    utc uyt uzt vut wakt wast wat wet wft wgt xjt yapt z zulu";

/// Abbreviations of daylight saving times there.
const SAVING: &str = "acdt acsst adt aedt aesst akdt almst awsst azost bdst brst bst cadt cdt cest cetdst chadt clst edt eest eetdst \
    egst fjst fnst idt kdt kgst mdt mest mesz metdst msd must ndt nzdt pdt pkst pmdt pyst sadt ulast uyst uzst wadt wdt wetdst wgst \
    yekst";

/// Abbreviations there that stand for a name.
const MOVING: &str = "amst anast anat arst art azst azt ckt clt davt easst east fkst fkt gest get gyt iot irkst irkt kgt kost krast \
    krat lhdt lint lkt magst magt mawt msk novst novt nut omsst omst petst pett pyt sgt tkt tmt ulat vet vlast vlat volt yakst yakt \
    yekt";

/// Names of zones that are one word. INVARIANT: the tz database adds no names without a region.
const NAMES: &str = "cet cuba eet egypt eire est factory gb gmt greenwich hongkong hst iceland iran israel jamaica japan kwajalein \
    libya localtime met mst navajo nz poland portugal posixrules prc roc rok singapore turkey uct universal utc wet zulu";

/// Abbreviations of the tz database that are in no list above: from 18 on those of the session's zone are known too.
const OTHERS: &str = "addt admt ahdt ahst apt awdt awt bmt boct cat cddt cemt chst chdt cmt cpt cwt dmt eddt emt ept ewt ffmt fmt gdt \
    gst hdt hkst hkwt hmt hpt hwt iddt imt jdt jmt kmt lmt lst mddt mdst mpt mwt nddt npt nwt nzmt plmt pddt pmmt pmt ppmt ppt qmt \
    rmt sdmt set sjmt smt sst tbmt wemt west wib wit wita wmt yddt ydt ypt yst ywt zmt";

fn lists(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// What a word of a date stands for on a major.
pub(super) fn word(text: &str, major: u32) -> Word {
    if lists(STANDARD, text) {
        return Word::Zone { saving: false, is_utc: matches!(text, "gmt" | "uct" | "ut" | "utc" | "z" | "zulu" | "wet") };
    }
    if lists(SAVING, text) {
        return Word::Zone { saving: true, is_utc: false };
    }
    if lists(MOVING, text) {
        return Word::Moving;
    }
    if major >= 18 && lists(OTHERS, text) {
        return Word::Named;
    }
    match special(text, major) {
        Word::Unknown if lists(NAMES, text) => Word::Named,
        word => word,
    }
}

/// Words without zones: what may stand within a date.
pub(super) fn special(text: &str, major: u32) -> Word {
    match text {
        "now" => Word::Now,
        "today" | "tomorrow" | "yesterday" => Word::Today,
        "allballs" => Word::Zulu,
        "epoch" => Word::Epoch,
        "infinity" => Word::Late,
        "+infinity" if major >= 16 => Word::Late,
        "-infinity" => Word::Early,
        "am" => Word::Half { pm: false },
        "pm" => Word::Half { pm: true },
        "ad" => Word::Era { bc: false },
        "bc" => Word::Era { bc: true },
        "at" | "on" => Word::Filler,
        "t" => Word::Time,
        "j" | "jd" | "julian" => Word::Julian,
        "d" | "dow" | "doy" | "h" | "isodow" | "isoyear" | "m" | "mm" | "s" | "y" => Word::Label,
        "dst" => Word::Saving,
        "sept" => Word::Month(9),
        _ if lists(WEEKDAYS, text) => Word::Weekday,
        _ => month(text),
    }
}

/// A name of a month, whole or its first three letters.
fn month(text: &str) -> Word {
    let found = MONTHS.iter().position(|name| text == *name || (text.len() == 3 && name.starts_with(text)));
    found.and_then(|index| i64::try_from(index + 1).ok()).map_or(Word::Unknown, Word::Month)
}

/// Units of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    /// So many years.
    Year(i32),
    /// A word that is a unit, but not one of intervals.
    Other,
}

/// A word of an interval as a unit. PostgreSQL compares ten letters.
pub(super) fn unit(text: &str) -> Option<Unit> {
    let ten: String = text.chars().take(10).collect();
    Some(match ten.as_str() {
        "us" | "usec" | "usecond" | "useconds" | "usecs" | "microsecon" => Unit::Microsecond,
        "ms" | "msec" | "msecond" | "mseconds" | "msecs" | "millisecon" => Unit::Millisecond,
        "s" | "sec" | "second" | "seconds" | "secs" => Unit::Second,
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minute,
        "h" | "hour" | "hours" | "hr" | "hrs" => Unit::Hour,
        "d" | "day" | "days" => Unit::Day,
        "w" | "week" | "weeks" => Unit::Week,
        "mon" | "mons" | "month" | "months" => Unit::Month,
        "y" | "year" | "years" | "yr" | "yrs" => Unit::Year(1),
        "dec" | "decade" | "decades" | "decs" => Unit::Year(10),
        "c" | "cent" | "centuries" | "century" => Unit::Year(100),
        "mil" | "millennia" | "millennium" | "mils" => Unit::Year(1000),
        "qtr" | "quarter" | "timezone" | "timezone_h" | "timezone_m" => Unit::Other,
        _ => return None,
    })
}
