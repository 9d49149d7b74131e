import {serializeDate, serializeDateTime} from "@web/core/l10n/dates";
import {localization} from "@web/core/l10n/localization";

const {DateTime, Info} = luxon;

/** Languages whose words for days are understood, beside the user's own. */
const LANGUAGES = ["en", "ru"];

const DAYS = {
    today: 0,
    tonight: 0,
    сегодня: 0,
    tomorrow: 1,
    завтра: 1,
    послезавтра: 2,
};

/** Units of "in 2 weeks": how their words begin. */
const UNITS = [
    ["minutes", /^(min|мин)/],
    ["hours", /^(h|hour|час)/],
    ["days", /^(d|day|дн|ден)/],
    ["weeks", /^(w|week|нед)/],
    ["months", /^(month|мес)/],
];
const NUMBERS = {
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    один: 1,
    одну: 1,
    два: 2,
    две: 2,
};

/** Words that say nothing: "on Monday at 9 o'clock". */
const FILLERS =
    /(^| )(on|at|the|next|this|o'clock|в|во|на|следующий|следующую|следующей|этот|эту)(?= |$)/g;

/** Hours that "9" or "3" of a caller means, without am or pm. */
const FIRST_HOUR = 7;

/**
 * Understands when somebody is to be called: "today 15:30", "tomorrow 9", "in 2 weeks",
 * "Monday", "15.12. 10:00", and so on in Russian.
 *
 * @param {string} text
 * @param {DateTime} [now]
 * @returns {{ date: DateTime, hasTime: boolean } | null} never in the past
 */
export function parseWhen(text, now = DateTime.now()) {
    const found = understand(text, now);
    return found && !isPast(found, now) ? found : null;
}

/** Whether words are understood, and what they say has been. */
export function isOver(text, now = DateTime.now()) {
    const found = understand(text, now);
    return Boolean(found) && isPast(found, now);
}

/**
 * @param {{ date: DateTime, hasTime: boolean }} when
 * @returns {{ date_deadline: string, datetime: string | false }} as the server is told
 */
export function serializeWhen({date, hasTime}) {
    return {
        date_deadline: serializeDate(date),
        datetime: hasTime && serializeDateTime(date),
    };
}

function understand(text, now) {
    const words = toPlainDigits(text).trim().toLowerCase().replace(/\s+/g, " ");
    return words ? parseSpan(words, now) || parseDay(words, now) : null;
}

/** "٢٥" is 25: dates are written with the digits of the user's language. */
function toPlainDigits(text) {
    return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
        const code = digit.codePointAt(0);
        let zero = code;
        while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
            zero -= 1;
        }
        return String(code - zero);
    });
}

function isPast({date, hasTime}, now) {
    return hasTime ? date <= now : date < now.startOf("day");
}

/** "in 2 weeks", "через полчаса", "next week". */
function parseSpan(words, now) {
    const week = words.match(/^(next week|(на )?следующ[а-я]+ недел[а-я]+)( .+)?$/);
    if (week) {
        return withTime(now.plus({weeks: 1}), week[3]);
    }
    if (/^(in half an hour|через полчаса)$/.test(words)) {
        return {date: now.plus({minutes: 30}).startOf("minute"), hasTime: true};
    }
    const match = words.match(/^(?:in|через) (?:(\S+) )?(\p{L}+\.?)( .+)?$/u);
    if (!match) {
        return null;
    }
    const [, count = "1", unitWord, rest] = match;
    const number = NUMBERS[count] || (/^\d{1,3}$/.test(count) && Number(count));
    const [unit] = UNITS.find(([, pattern]) => pattern.test(unitWord)) || [];
    if (!number || !unit || (unit === "months" && number > 36)) {
        return null;
    }
    const date = now.plus({[unit]: number});
    if (["minutes", "hours"].includes(unit)) {
        return rest ? null : {date: date.startOf("minute"), hasTime: true};
    }
    return withTime(date, rest);
}

/** A day by its name, number or date, with a time or without; or a time alone. */
function parseDay(words, now) {
    const plain = words.replace(FILLERS, " ").replace(/\s+/g, " ").trim();
    const [first, ...others] = plain.split(" ");
    const rest = others.join(" ");
    if (first in DAYS) {
        return withTime(now.plus({days: DAYS[first]}), rest);
    }
    if (plain.startsWith("day after tomorrow")) {
        return withTime(now.plus({days: 2}), plain.slice("day after tomorrow".length));
    }
    const weekday = getWeekday(first.replace(/[.,]$/, ""));
    if (weekday) {
        const days = (weekday - now.weekday + 7) % 7 || 7; // today's name is next week
        return withTime(now.plus({days}), rest);
    }
    const dated = parseDate(plain, now);
    if (dated) {
        return withTime(dated.date, dated.rest);
    }
    const time = parseTime(plain);
    if (time) {
        const date = now.startOf("day").set(time);
        return {date: date > now ? date : date.plus({days: 1}), hasTime: true};
    }
    return null;
}

function getWeekday(word) {
    if (word.length < 2) {
        return 0;
    }
    for (const locale of [...LANGUAGES, localization.code?.replace("_", "-")]) {
        for (const length of ["long", "short"]) {
            const names = Info.weekdays(length, locale ? {locale} : {});
            const index = names.findIndex((name) =>
                isSameDay(name.toLowerCase(), word)
            );
            if (index >= 0) {
                return index + 1;
            }
        }
    }
    return 0;
}

/** "среду" is "среда": of names of some length the ending does not count. */
function isSameDay(name, word) {
    const plain = name.replace(/\.$/, "");
    return (
        plain === word ||
        (plain.length > 4 &&
            word.length > 3 &&
            plain.slice(0, -1) === word.slice(0, plain.length - 1) &&
            word.length <= plain.length)
    );
}

/** "15.12.", "15.12.2026 10:00", "12/15", "2026-12-15"; day and month as the user has them. */
function parseDate(words, now) {
    const yearFirst = words.match(/^(\d{4})([-./])(\d{1,2})\2(\d{1,2})\.?(?: (.*))?$/);
    if (yearFirst) {
        const [, year, , month, day, rest] = yearFirst;
        return makeDate(year, month, day, rest);
    }
    const match = words.match(
        /^(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2})?)?(?: (.*))?$/
    );
    if (!match) {
        return null;
    }
    const [, one, separator, other, year, rest] = match;
    const format = localization.dateFormat || "";
    const isMonthFirst = format.includes(separator) && /^[^d]*M/.test(format);
    const [day, month] = isMonthFirst ? [other, one] : [one, other];
    if (year) {
        return makeDate(year.length === 2 ? `20${year}` : year, month, day, rest);
    }
    const found = makeDate(now.year, month, day, rest);
    // in December, the 15th of January is that of next year
    return found && found.date < now.startOf("day")
        ? makeDate(now.year + 1, month, day, rest)
        : found;
}

function makeDate(year, month, day, rest) {
    const date = DateTime.local(Number(year), Number(month), Number(day));
    return date.isValid ? {date, rest} : null;
}

function withTime(day, text) {
    const words = (text || "").replace(FILLERS, " ").trim();
    const date = day.startOf("day");
    if (!words) {
        return {date, hasTime: false};
    }
    const time = parseTime(words);
    return time && {date: date.set(time), hasTime: true};
}

/** "15:30", "9", "3 pm", "9h". */
function parseTime(words) {
    const match = words.match(
        /^(\d{1,2})(?:[:.h](\d{2}))? ?(?:h|uhr|ч|час[а-я]*)? ?(am|pm|утра|дня|вечера)?\.?$/
    );
    if (!match) {
        return null;
    }
    let hour = Number(match[1]);
    const minute = Number(match[2] || 0);
    const half = match[3] || "";
    if (/^(pm|дня|вечера)$/.test(half) && hour < 12) {
        hour += 12;
    } else if (half === "am" && hour === 12) {
        hour = 0;
    } else if (!half && !match[2] && hour > 0 && hour < FIRST_HOUR) {
        hour += 12; // nobody is called at three in the morning
    }
    return hour < 24 && minute < 60 ? {hour, minute} : null;
}
