"""What the step `faults` begins with and compares: contacts, and a run asked for."""

from console import say
from db import create_db, drop_db, rename_db
from faults_servers import Servers, Unequal

CONTACTS = 1000

# What of a contact must be the same, however the run went.
FACTS = {
    "answers": "SELECT partner_id, answer_id FROM crm_profiling_response",
    "memberships": "SELECT partner_id, profile_id, state, category_id"
    " FROM crm_profiling_membership",
    "tags": "SELECT partner_id, category_id FROM res_partner_res_partner_category_rel",
    "states": "SELECT id, asked::text, found::text, matched::text"
    " FROM crm_profiling_state",
}

POPULATE = f"""
import random
from odoo import Command
rng = random.Random(1)
questions = env["crm.profiling.question"].create([
    dict(
        name=f"Fault {{n}}?",
        selection_mode=rng.choice(["single", "multiple"]),
        level="company" if n == 3 else "contact",
        answer_ids=[Command.create(dict(name=str(a))) for a in range(4)],
    )
    for n in range(4)
])
answers = questions.mapped("answer_ids")
tags = env["res.partner.category"].create([dict(name=f"Fault {{n}}") for n in range(3)])
def criteria():
    # of a question's answers most, not the one that somebody takes away meanwhile
    given = rng.choice(questions).answer_ids.filtered(lambda a: a.name != "spare")
    return rng.sample(given.ids, 3)
profiles = env["crm.profiling.profile"]
for n in range(6):
    profiles += profiles.create(dict(
        name=f"Fault {{n}}",
        category_id=tags[n % 3].id,
        parent_id=rng.choice([False, *profiles.ids]),
        required_answer_ids=criteria(),
    ))
def answered():
    given = [rng.choice(q.answer_ids).id for q in questions[:3] if rng.random() < 0.8]
    return [Command.link(a) for a in given]
companies = env["res.partner"].create([
    dict(name=f"Fault company {{n}}", is_company=True,
         profiling_answer_ids=[Command.link(rng.choice(questions[3].answer_ids).id)])
    for n in range({CONTACTS} // 20)
])
contacts = env["res.partner"].create([
    dict(name=f"Fault {{n}}", parent_id=rng.choice([False, *companies.ids]),
         profiling_answer_ids=answered())
    for n in range({CONTACTS})
])
spare = env["crm.profiling.answer"].create(
    dict(name="spare", question_id=questions.filtered(
        lambda q: q.selection_mode == "multiple")[:1].id or questions[0].id))
contacts[90:99:3].write(dict(profiling_answer_ids=[Command.link(spare.id)]))
for contact in contacts[:40]:
    state = rng.choice(["pinned", "barred"])
    contact.profiling_set_hand(rng.choice(profiles).id, state)
for contact in contacts[40:80]:
    contact.category_id = [Command.link(rng.choice(tags).id)]
parameters = env["ir.config_parameter"]
parameters.set_param("crm_profiling.apply_at_once", -1)
parameters.set_param("crm_profiling.run_batch_size", 5)
env["crm.profiling.run"].search([]).write(dict(state="done"))
for n, profile in enumerate(profiles):
    profile.required_answer_ids = [Command.set(criteria())]
    profile.category_id = tags[(n + 1) % 3]
env.cr.execute(
    "UPDATE ir_cron SET active = id = %s",
    [env.ref("crm_profiling.ir_cron_apply_profiles").id],
)
env.cr.commit()
"""

SLOW = """
CREATE OR REPLACE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END';
CREATE OR REPLACE TRIGGER slow BEFORE INSERT OR UPDATE ON crm_profiling_state
FOR EACH ROW EXECUTE FUNCTION slow();
CREATE OR REPLACE TRIGGER slow BEFORE UPDATE ON crm_profiling_run
FOR EACH ROW EXECUTE FUNCTION slow();
"""

# Whether somebody is writing what the rule says, and waits as told above.
WRITING = """
SELECT pid FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event = 'PgSleep'
   AND query LIKE '%DELETE FROM crm_profiling_membership%'
"""

# The contacts that the job comes to next.
NEXT = """
SELECT id FROM crm_profiling_state
 WHERE id > (SELECT last_partner_id FROM crm_profiling_run ORDER BY id DESC LIMIT 1)
 ORDER BY id LIMIT 12
"""


class World(Servers):
    """Copies of one database, and what has become of it."""

    def __init__(self, step):
        super().__init__(step)
        self.template = f"{step.db}-template"

    def prepare(self):
        say(f"faults: {CONTACTS} contacts, and a run asked for")
        self.step.shell("fill it", POPULATE)
        drop_db(self.template)
        rename_db(self.step.db, self.template)
        self.fresh()
        self.finish(self.serve())
        self.end()
        self.wanted = self.facts()
        self.job = self.sql("SELECT id FROM ir_cron WHERE active")[0][0]
        changed = self.sql("SELECT changed FROM crm_profiling_run ORDER BY id")[-1][0]
        if changed < CONTACTS / 2:
            raise Unequal(f"the undisturbed run changed no more than {changed}")

    def fresh(self):
        drop_db(self.step.db)
        create_db(self.step.db, template=self.template)
        # Sequences of a copy are logged anew from the next checkpoint on only: until
        # then PostgreSQL would give the same numbers once more after it went down hard.
        self.sql("CHECKPOINT")

    def facts(self):
        return {what: set(self.sql(query)) for what, query in FACTS.items()}

    def compare(self, wanted=None, found=None):
        found = found or self.facts()
        for what, rows in (wanted or self.wanted).items():
            if found[what] != rows:
                more, less = found[what] - rows, rows - found[what]
                raise Unequal(
                    f"{what}: {len(more)} too many {sorted(more, key=str)[:3]},"
                    f" {len(less)} missing {sorted(less, key=str)[:3]}"
                )
        self.check_left_out()

    def check_left_out(self):
        failed = self.sql("SELECT sum(failed) FROM crm_profiling_run")[0][0]
        if failed:
            raise Unequal(f"{failed} contacts were left out")

    def slow(self, seconds):
        """Have the job wait for each contact it changes, and each note it takes."""
        self.sql(SLOW.format(seconds=seconds))
