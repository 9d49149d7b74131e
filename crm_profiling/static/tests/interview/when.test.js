import {describe, expect, test} from "@odoo/hoot";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {isOver, parseWhen} from "@crm_profiling/interview/when";
import {localization} from "@web/core/l10n/localization";

const {DateTime} = luxon;

describe.current.tags("headless");

/** A Wednesday. */
const NOW = DateTime.local(2026, 11, 25, 10, 20);

function when(text) {
    const found = parseWhen(text, NOW);
    return (
        found && found.date.toFormat(found.hasTime ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd")
    );
}

const UNDERSTOOD = {
    "2026-11-25": ["today", "Today ", "сегодня"],
    "2026-11-25 15:30": ["today 15:30", "15:30", "today at 15:30", "сегодня в 15:30"],
    "2026-11-25 15:00": ["today 3", "3 pm", "today 3pm", "в 3 часа дня"],
    "2026-11-26 09:00": ["tomorrow 9", "9", "tomorrow at 9am", "завтра в 9", "9 утра"],
    "2026-11-26": ["tomorrow", "завтра", "in 1 day", "через день", "Thursday", "чт"],
    "2026-11-27": ["day after tomorrow", "послезавтра", "on Friday", "в пятницу"],
    "2026-11-27 11:15": ["fri 11:15", "пятница 11:15", "day after tomorrow 11:15"],
    "2026-11-30": [
        "Monday",
        "mon",
        "next monday",
        "понедельник",
        "в следующий понедельник",
    ],
    "2026-12-02": ["Wednesday", "в среду", "next week", "in a week", "через неделю"],
    "2026-12-09": ["in 2 weeks", "in two weeks", "через 2 недели", "через две недели"],
    "2026-12-09 14:00": ["in 2 weeks 14:00", "in 2 weeks at 2", "через 2 недели в 14"],
    "2026-12-25": ["in a month", "через месяц", "25.12.", "25.12", "2026-12-25"],
    "2026-12-25 08:30": ["25.12. 8:30", "25.12.2026 8:30", "25.12.26 at 8:30"],
    "2027-01-15": ["15.1.", "15/01"],
    "2026-11-25 10:50": [
        "in half an hour",
        "in 30 minutes",
        "через полчаса",
        "in 30 min",
    ],
    "2026-11-25 12:20": ["in 2 hours", "через 2 часа"],
};

test("days and times, as one says them", () => {
    patchWithCleanup(localization, {code: "en_US", dateFormat: "dd/MM/yyyy"});
    for (const [expected, texts] of Object.entries(UNDERSTOOD)) {
        for (const text of texts) {
            expect([text, when(text)]).toEqual([text, expected]);
        }
    }
});

test("what is over is understood, and said to be", () => {
    patchWithCleanup(localization, {code: "en_US", dateFormat: "dd/MM/yyyy"});
    expect(when("today 9:00")).toBe(null);
    expect(
        ["today 9:00", "2026-11-24", "some day", ""].map((t) => isOver(t, NOW))
    ).toEqual([true, true, false, false]);
});

test("month and day as the user has them", () => {
    patchWithCleanup(localization, {code: "en_US", dateFormat: "MM/dd/yyyy"});
    expect(when("12/25/2026")).toBe("2026-12-25");
    expect(when("12/25/2026 13:35")).toBe("2026-12-25 13:35");
});

test("what is over, or no time at all, is not understood", () => {
    patchWithCleanup(localization, {code: "en_US", dateFormat: "dd/MM/yyyy"});
    const texts = ["", "  ", "soon", "today 9", "24.11.2026", "31.2.", "25:00", "in 5"];
    for (const text of [
        ...texts,
        "in 2 weeks or so",
        "in 99 months",
        "monday monday",
    ]) {
        expect([text, when(text)]).toEqual([text, null]);
    }
});

test("dates as any language writes them", () => {
    for (const [dateFormat, text] of [
        ["yyyy/MM/dd", "2026/12/25"],
        ["yyyy.MM.dd", "2026.12.25"],
        ["yyyy.MM.dd", "2026.12.25."],
        ["MM.dd.yyyy", "12.25.2026"],
        ["MM-dd-yyyy", "12-25-2026"],
        ["dd/MM/yyyy", "٢٥/١٢/٢٠٢٦"],
    ]) {
        patchWithCleanup(localization, {code: "en_US", dateFormat});
        expect(when(text)).toBe("2026-12-25");
        expect(when(`${text} 15:30`)).toBe("2026-12-25 15:30");
    }
    patchWithCleanup(localization, {dateFormat: "MM.dd.yyyy"});
    expect(when("03.04.2027")).toBe("2027-03-04");
});
