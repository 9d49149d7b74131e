"""Measures the engine beside its floors and its peers: `make bench`, or with fewer
contacts `make bench SIZES=10000`.

Every figure is a ratio of two medians taken in one run on one machine: absolute times
mean little elsewhere. Data comes from a seeded generator, in a database of its own, and
is never committed. Odoo's shell runs this file, with `env`.

  floors   a bare aggregated scan of the answers; a bare INSERT, ordered, of the very
           rows that a first run writes
  peers    the original module's way, every contact and every profile for itself; one
           search per rule that replaces the contacts of a tag
"""

import os
import random
import statistics
import time

from odoo.fields import Command, Domain

SEED = 19
SCHEMAS = {"q6": [2, 5, 6, 2, 3, 4], "q30": [5] * 30}
SIZES = [int(size) for size in os.environ.get("SIZES", "10000 100000").split()]
PROFILES = [int(count) for count in os.environ.get("PROFILES", "10 100").split()]
REPEAT = 3

SCAN = """
    SELECT count(*) FROM (SELECT partner_id, array_agg(answer_id ORDER BY answer_id)
                            FROM crm_profiling_response GROUP BY partner_id) AS answers
"""


def timed(run, repeat=REPEAT, before=None):
    """Return the median of the seconds that `run` takes."""
    times = []
    for _ in range(repeat):
        if before:
            before()
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


class Bench:
    """Generated questions, profiles and contacts, and what is measured on them."""

    def __init__(self, env, schema, profiles, contacts):
        self.env, self.cr = env, env.cr
        self.name = f"{contacts:,} contacts, {schema}, {profiles} profiles"
        self.contacts = contacts
        self.cr.execute("SET LOCAL work_mem = '256MB'")
        self.answers = self.create_questions(SCHEMAS[schema])
        self.profiles = self.create_profiles(profiles)
        self.create_contacts()
        self.create_responses()
        self.applier = env["crm.profiling.applier"]

    # Data

    def create_questions(self, sizes):
        questions = self.env["crm.profiling.question"].create(
            [
                {
                    "name": f"Bench question {number}",
                    "answer_ids": [
                        Command.create({"name": f"Answer {answer}"})
                        for answer in range(size)
                    ],
                }
                for number, size in enumerate(sizes)
            ]
        )
        return [question.answer_ids.ids for question in questions]

    def create_profiles(self, count):
        """Trees up to five deep: roots ask two questions, children one more."""
        pick = random.Random(SEED)
        Profile = self.env["crm.profiling.profile"]
        tags = self.env["res.partner.category"].create(
            [{"name": f"Bench tag {number}"} for number in range(count)]
        )
        profiles, depth = [], {Profile: 0}
        for tag in tags:
            parents = [profile for profile in profiles if depth[profile] < 5]
            parent = Profile
            if parents and pick.random() < 0.6:
                parent = pick.choice(parents)
            required, excluded = [], []
            for answers in pick.sample(self.answers, 1 if parent else 2):
                wanted = pick.sample(answers, max(1, round(0.4 * len(answers))))
                required += wanted
                if pick.random() < 0.3:
                    excluded.append(pick.choice(sorted(set(answers) - set(wanted))))
            profile = Profile.create(
                {
                    "name": tag.name,
                    "parent_id": parent.id,
                    "category_id": tag.id,
                    "required_answer_ids": [Command.set(required)],
                    "excluded_answer_ids": [Command.set(excluded)],
                }
            )
            depth[profile] = depth[parent] + 1
            profiles.append(profile)
        return Profile.union(*profiles)

    def create_contacts(self):
        """Copy one contact, so that the columns are those of this database."""
        model = self.env["res.partner"].create({"name": "Bench"})
        self.env.flush_all()
        self.cr.execute(
            """SELECT string_agg(quote_ident(column_name), ', ')
                 FROM information_schema.columns
                WHERE table_name = 'res_partner'
                  AND column_name NOT IN ('id', 'commercial_partner_id')"""
        )
        columns = self.cr.fetchone()[0]
        self.cr.execute("SELECT max(id) FROM res_partner")
        self.first = self.cr.fetchone()[0] + 1
        self.cr.execute(
            f"""INSERT INTO res_partner (id, commercial_partner_id, {columns})
                SELECT n, n, {columns}
                  FROM res_partner, generate_series(%s, %s) AS n WHERE id = %s""",
            [self.first, self.first + self.contacts - 1, model.id],
        )
        self.cr.execute(
            "SELECT setval('res_partner_id_seq', (SELECT max(id) FROM res_partner))"
        )

    def create_responses(self):
        """Give each question to 80 % of the contacts, first answers more often."""
        for number, answers in enumerate(self.answers):
            self.cr.execute(
                """INSERT INTO crm_profiling_response
                               (partner_id, question_id, answer_id, date, source)
                   SELECT id,
                          (SELECT question_id FROM crm_profiling_answer
                            WHERE id = (%(answers)s::int[])[1]),
                          (%(answers)s::int[])[1 + floor(
                              power(share, 1.3) * %(count)s)::int],
                          now() AT TIME ZONE 'UTC', 'import'
                     FROM (SELECT id,
                                  (hashint8(id * 31 + %(n)s) & 1048575) / 1048576.0
                                      AS share,
                                  (hashint8(id * 17 + 7 + %(n)s) & 1048575) %% 100
                                      AS chance
                             FROM res_partner WHERE id >= %(first)s) AS contact
                    WHERE chance < 80""",
                {
                    "answers": answers,
                    "count": len(answers),
                    "n": number,
                    "first": self.first,
                },
            )
        self.cr.execute("ANALYZE crm_profiling_response; ANALYZE res_partner")

    def ids(self):
        return range(self.first, self.first + self.contacts)

    # Ours

    def forget(self):
        """Undo all runs: no memberships, no tags; what contacts answered is known."""
        self.cr.execute("TRUNCATE crm_profiling_membership")
        self.cr.execute("TRUNCATE res_partner_res_partner_category_rel")
        self.cr.execute("UPDATE crm_profiling_state SET matched = '{}'")
        self.cr.execute("ANALYZE crm_profiling_state")

    def bare_insert(self):
        """Keep the rows of a run aside; return what inserts them again."""
        self.cr.execute(
            """DROP TABLE IF EXISTS bench_membership, bench_tag;
               CREATE TEMP TABLE bench_membership AS
                   SELECT * FROM crm_profiling_membership ORDER BY partner_id;
               CREATE TEMP TABLE bench_tag AS
                   SELECT * FROM res_partner_res_partner_category_rel"""
        )
        return lambda: self.cr.execute(
            """INSERT INTO crm_profiling_membership SELECT * FROM bench_membership
                ORDER BY partner_id, profile_id;
               INSERT INTO res_partner_res_partner_category_rel
               SELECT * FROM bench_tag ORDER BY partner_id, category_id"""
        )

    def preview(self):
        profile = self.profiles[:1]
        self.env["crm.profiling.preview"]._preview(profile._draft())

    # Peers

    def original_way(self, contacts):
        """Evaluate each contact and profile by itself, as the old module did."""
        for partner_id in contacts:
            for profile in self.profiles:
                self.original_pair(partner_id, profile)

    def original_pair(self, partner_id, profile):
        rows = self.rows
        given = {
            a
            for (a,) in rows(
                "SELECT answer_id FROM crm_profiling_response WHERE partner_id = %s",
                partner_id,
            )
        }
        line = [profile.id]
        while parent := rows(
            "SELECT parent_id FROM crm_profiling_profile WHERE id = %s", line[-1]
        )[0][0]:
            line.append(parent)
        wanted, unwanted = (
            {
                a
                for (a,) in rows(
                    f"SELECT answer_id FROM crm_profiling_profile_{kind}_answer_rel"
                    " WHERE profile_id = ANY(%s)",
                    line,
                )
            }
            for kind in ("required", "excluded")
        )
        if wanted <= given and not unwanted & given:
            self.cr.execute(
                """INSERT INTO res_partner_res_partner_category_rel
                               (partner_id, category_id)
                   VALUES (%s, %s) ON CONFLICT DO NOTHING""",
                [partner_id, profile.category_id.id],
            )

    def rows(self, query, *params):
        self.cr.execute(query, params)
        return self.cr.fetchall()

    def search_per_rule(self):
        """Replace each tag's contacts by what a search finds, one rule at a time."""
        for profile in self.profiles:
            domain = Domain.TRUE
            for rule in profile._ancestors() + profile:
                for question, required, excluded in rule._own_criteria():
                    answered = [
                        ("profiling_response_ids.question_id", "=", question.id)
                    ]
                    domain &= Domain(answered)
                    if required:
                        domain &= Domain(
                            "profiling_response_ids.answer_id", "in", required.ids
                        )
                    if excluded:
                        domain &= ~Domain(
                            "profiling_response_ids.answer_id", "in", excluded.ids
                        )
            self.replace(profile.category_id, self.env["res.partner"].search(domain))

    def replace(self, tag, partners):
        """Write the set past our own overrides, which would evaluate again."""
        field = type(tag).partner_ids
        field.write_batch([(tag, [Command.set(partners.ids)])])
        self.env.flush_all()


def measure(bench):
    """Return ``[(what, seconds, seconds to compare with, what that is)]``."""
    scan = timed(lambda: bench.cr.execute(SCAN))
    bench.applier._apply(bench.ids())
    bare = bench.bare_insert()
    insert = timed(bare, before=bench.forget)
    first = timed(bench.applier._apply_all, before=bench.forget)
    bench.cr.execute("ANALYZE crm_profiling_membership")
    again = timed(bench.applier._apply_all)
    preview = timed(bench.preview)
    peer = timed(bench.search_per_rule, before=bench.forget, repeat=1)
    peer_again = timed(bench.search_per_rule, repeat=1)
    bench.forget()
    sample = bench.ids()[: max(1, 10_000 // len(bench.profiles))]
    pairs = timed(lambda: bench.original_way(sample), repeat=1)
    original = pairs / len(sample) * bench.contacts
    return [
        ("nothing changed", again, scan, "scan"),
        ("first run", first, scan + insert, "scan + bare insert"),
        ("preview", preview, scan, "scan"),
        ("nothing changed", again, peer_again, "one search per rule"),
        ("first run", first, peer, "one search per rule"),
        ("first run", first, original, f"original, from {len(sample)} contacts"),
    ]


def main(env):
    print("| data | what | s | compared with | s | ratio |")
    print("|---|---|---|---|---|---|")
    for schema in SCHEMAS:
        for profiles in PROFILES:
            for size in SIZES:
                bench = Bench(env, schema, profiles, size)
                for what, ours, other, name in measure(bench):
                    print(
                        f"| {bench.name} | {what} | {ours:.3f} | {name} | {other:.3f} |"
                        f" {ours / other:.3f} |",
                        flush=True,
                    )
                env.cr.rollback()
                env.invalidate_all()
                env.registry.clear_cache()


if "env" in globals():
    main(env)  # noqa: F821 (of Odoo's shell)
