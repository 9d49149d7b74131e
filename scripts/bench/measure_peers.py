"""Measures the addon beside what others do."""

import ours
import peers
from meters import at_most

MOST_RULES = 10  # a hundred automation rules do not end


def measure_peers(bench):
    data = bench.data
    data.forget_results()
    bench.take("search", peers.search_per_rule)
    bench.take("search again", peers.search_per_rule)
    peer, again = bench["search"], bench["search again"]
    bench.line("first run", bench["first"], "one search per rule", peer)
    bench.line("nothing changed", bench["again"], "one search per rule", again)
    if bench.smallest:
        measure_original(bench)
    if bench.smallest and len(data.profiles) <= MOST_RULES:
        measure_automation(bench)


def measure_original(bench):
    data = bench.data
    data.forget_results()
    sample = list(data.ids[:1000])
    bench.take("original", peers.original, sample)
    other = bench["original"] * (data.contacts / len(sample))
    name = f"the original way, from {len(sample)} contacts"
    bench.line("first run", bench["first"], name, other)
    bench.line("nothing changed", bench["again"], name, other)


def measure_automation(bench):
    """Save answers where automation rules, and not the profiles, put tags on."""
    data = bench.data
    evaluator = data.env["crm.profiling.catalog"]._evaluator()
    matched = evaluator.matched(evaluator.mask(bench.answers[0]))
    tags = data.profiles.browse(matched).category_id
    data.forget_results()
    undo = peers.automate(data)
    for count in (1, 10):
        contacts = data.env["res.partner"].browse(data.ids[:count])
        mine = save_automated(bench, contacts, tags)
        if mine:
            name = f"answers of {count}"
            bench.line(f"{name}, automation rules", mine, "profiles", bench[name])
            bench.say(f"queries: {mine.queries:.0f}, {len(tags)} tags each")
        else:
            bench.say(f"answers of {count}, automation rules: stopped after a minute")
    undo()


def save_automated(bench, contacts, tags):
    """Return the `Cost` of saving, once it did what it should; none if stopped."""
    data, cost = bench.data, None
    try:
        with at_most(60):
            for _ in range(2):  # the first time warms up
                cost = bench.meter.measure(
                    lambda: ours.answer(data, contacts, bench.answers[0])
                )
                contacts.env.invalidate_all()
                if any(contact.category_id != tags for contact in contacts):
                    raise AssertionError("Automation rules gave other tags")
                data.cr.rollback()
                contacts.env.invalidate_all()
    except TimeoutError:
        data.cr.rollback()
        contacts.env.invalidate_all()
        return None
    return cost
