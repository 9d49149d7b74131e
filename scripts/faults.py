"""What the step `faults` of the tests does: real servers, ended and hindered at work.

A database server of its own holds a thousand contacts and a background run that has
just been asked for. Each test takes a copy of that, lets Odoo servers do the run while
something goes wrong, and compares what has become of it with an undisturbed run.

The run is slowed down, by a trigger that waits for each contact it changes: so what
goes wrong comes in the middle of it on fast machines, too.
"""

import contextlib
import os
import random
import re
import signal
import threading
import time
import xmlrpc.client

import psycopg2
from dev import free_port, start, stop
from pg import Embedded, create_db, drop_db, rename_db, say, sql

CONTACTS = 1000
PATIENCE = 180  # seconds that anything may take on a busy machine

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
    # of a question's answers most, not the one that is to be deleted meanwhile
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


class Unequal(Exception):
    """The run ended otherwise than an undisturbed one."""


@contextlib.contextmanager
def own_server(step):
    """A database server for this step alone, which it may stop."""
    before, env = dict(os.environ), step.env
    server = Embedded("pg-faults", "")
    server.start()
    try:
        os.environ.update(server.variables)
        step.env = {**env, **server.variables}
        yield server
    finally:
        server.stop("immediate")
        os.environ.clear()
        os.environ.update(before)
        step.env = env


class Faults:
    """The tests, each on a copy of the same database."""

    def __init__(self, step, server):
        self.step, self.server = step, server
        self.template = f"{step.db}-template"
        self.log = open(step.log, "a")  # noqa: SIM115
        self.servers = []

    # ------------------------------------------------------------ the world

    def script(self, text):
        """Have Odoo's shell run a script on the step's database."""
        path = self.step.log.with_name("faults.py")
        path.write_text(text)
        with open(path) as stdin:
            self.step.odoo("script", "shell", "--no-http", stdin=stdin)

    def prepare(self):
        say(f"faults: {CONTACTS} contacts, and a run asked for")
        self.script(POPULATE)
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

    def sql(self, query, *args):
        return sql(query, *args, db=self.step.db)

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

    # ------------------------------------------------------------ the servers

    def serve(self, *args, **variables):
        """Start a server of Odoo that does the jobs; return its process."""
        port = free_port()
        process = start(
            [
                "-d",
                self.step.db,
                "--http-port",
                port,
                "--max-cron-threads",
                1,
                "--db_maxconn",
                16,
                *args,
            ],
            {**self.step.env, **variables},
            stdout=self.log,
        )
        process.port = port
        self.servers.append(process)
        return process

    def kill(self, process):
        """As the kernel does when memory runs out: no chance to clean up."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self):
        """End the servers of a test."""
        while self.servers:
            stop(self.servers.pop())

    def run(self):
        """How far the run is: (its state, contacts done)."""
        query = "SELECT state, COALESCE(done, 0) FROM crm_profiling_run ORDER BY id"
        return self.sql(query)[-1]

    def wait(self, condition, what, *servers):
        """Wait until something is so; wake the job's threads meanwhile."""
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(psycopg2.Error, SystemExit):
                if found := condition():
                    return found
                sql(f"NOTIFY cron_trigger, '{self.step.db}'")
            if any(server.poll() is not None for server in servers):
                raise Unequal(f"a server ended by itself before {what}")
            if time.monotonic() > end:
                raise Unequal(f"not within {PATIENCE} s: {what}")
            time.sleep(0.05)

    def advance(self, *servers):
        """Wait until the run comes further than it is."""
        done = self.run()[1]
        self.wait(lambda: self.run()[1] > done, "the run came further", *servers)

    def expect_running(self, what):
        if self.run()[0] == "done":
            raise Unequal(f"the run was over before {what}")

    def finish(self, *servers):
        self.wait(lambda: self.run()[0] == "done", "the run was done", *servers)

    # ------------------------------------------------------------ the tests

    def killed_ten_times(self):
        """The server is killed in the middle of the run, and started again."""
        self.slow(0.02)
        rng = random.Random(2)
        for _time in range(10):
            server = self.serve("--no-http")
            # beyond the first batch of the call: a job that ends three times without
            # any progress Odoo gives up until its next hour
            self.advance(server)
            self.advance(server)
            time.sleep(rng.random() / 4)
            self.kill(server)
            self.expect_running("the server was killed")
        self.slow(0)
        self.finish(self.serve("--no-http"))
        self.compare()

    def people_at_work(self):
        """Two servers have the job, while people work with the contacts on both."""
        # one contact at a time: whom people come before in vain would be left out
        self.sql(
            "UPDATE ir_config_parameter SET value = 1 WHERE key LIKE '%run_batch_size'"
        )
        self.slow(0.1)
        servers = [self.serve(), self.serve()]
        people = People(self, servers)
        self.advance(*servers)
        people.work()
        self.expect_running("people were")
        self.slow(0)
        self.finish(*servers)
        self.end()
        self.check_left_out()
        found = self.facts()
        self.compare(self.after_people(people.done), found)

    def after_people(self, done):
        """Return what becomes of the same deeds after an undisturbed run."""
        self.fresh()
        server = self.serve()
        self.finish(server)
        admin = Person(self.step.db, server)
        for deed in done:
            admin(*deed)
        self.end()
        wanted = self.facts()
        if wanted == self.wanted:
            raise Unequal("people changed nothing")
        return wanted

    def statement_timeout(self):
        """A batch takes longer than the database allows: smaller ones do not."""
        self.sql("DELETE FROM ir_config_parameter WHERE key LIKE '%run_batch_size'")
        self.slow(0.01)
        self.sql(f"""ALTER DATABASE "{self.step.db}" SET statement_timeout = 1000""")
        logged = len(self.step.log.read_text())
        self.finish(self.serve("--no-http"))
        self.compare()
        log = self.step.log.read_text()[logged:]
        if "canceling statement due to statement timeout" not in log:
            raise Unequal("no statement was cancelled")

    def database_restarted(self):
        """The database goes down hard in the middle of batches, and comes back."""
        self.slow(0.1)
        for _time in range(2):
            server = self.serve("--no-http")
            self.advance(server)
            self.wait(lambda: self.sql(WRITING), "a batch was being written", server)
            self.server.stop("immediate")
            self.server.start()
            self.expect_running("the database was restarted")
            # As a supervisor would: Odoo's thread for jobs may have ended
            self.kill(server)
        self.slow(0)
        self.finish(self.serve("--no-http"))
        self.compare()

    def managers_at_work(self):
        """A pause in the middle of the run, and a profile saved then and later."""
        self.slow(0.05)
        server = self.serve()
        admin = Person(self.step.db, server)
        self.advance(server)
        run_ids = admin("crm.profiling.run", "search", [["state", "=", "running"]])
        admin("crm.profiling.run", "action_pause", run_ids)
        self.wait(lambda: self.job_ends(admin), "the job ended", server)
        before = self.run()
        self.wait(lambda: self.job_ends(admin), "the job ended again", server)
        if before[0] != "paused" or self.run() != before:
            raise Unequal(f"paused, it went on from {before} to {self.run()}")
        admin("crm.profiling.run", "action_resume", run_ids)
        self.advance(server)
        profile_ids = admin(
            "crm.profiling.profile", "search", [["name", "=", "Fault 5"]]
        )
        for active in (False, True):
            admin("crm.profiling.profile", "write", profile_ids, {"active": active})
            self.expect_running("a profile was saved")
            self.advance(server)
        self.slow(0)
        self.finish(server)
        self.compare()

    def job_ends(self, admin):
        """Have the job come by once, whole; False while it is at work."""
        try:
            return admin("ir.cron", "method_direct_trigger", [self.job])
        except xmlrpc.client.Fault as fault:
            if "already executing" not in fault.faultString:
                raise
            return False

    TESTS = (
        killed_ten_times,
        people_at_work,
        managers_at_work,
        statement_timeout,
        database_restarted,
    )

    def test(self, test):
        begun = time.monotonic()
        self.log.write(f"\n##### {test.__name__}\n")
        self.log.flush()
        self.fresh()
        try:
            test(self)
        except Unequal as problem:
            self.step.fail(f"{test.__name__}: {problem}")
        else:
            self.step.passed += 1
        finally:
            self.end()
        print(f"   {test.__name__}: {time.monotonic() - begun:.0f} s", flush=True)

    def all(self, names=""):
        try:
            self.prepare()
            by_name = {test.__name__: test for test in self.TESTS}
            wanted = re.split(r"[ ,]+", names) if names else []
            for test in [by_name[name] for name in wanted] or self.TESTS:
                self.test(test)
        finally:
            self.end()
            self.log.close()
            drop_db(self.step.db)
            drop_db(self.template)


class Person:
    """Somebody who works with a server, as the client does: by RPC."""

    def __init__(self, db, server):
        self.db = db
        url = f"http://127.0.0.1:{server.port}/xmlrpc/2"
        self.models = xmlrpc.client.ServerProxy(f"{url}/object", allow_none=True)
        common, end = xmlrpc.client.ServerProxy(f"{url}/common"), time.monotonic() + 60
        while True:
            try:
                self.uid = common.authenticate(db, "admin", "admin", {})
                return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def __call__(self, model, method, *args):
        return self.models.execute_kw(self.db, self.uid, "admin", model, method, args)


class People:
    """Two people who work with the contacts, some of the same ones at once.

    Much of it they do to the contacts that the job is at, or comes to next.
    """

    def __init__(self, faults, servers):
        self.faults = faults
        self.servers = [Person(faults.step.db, server) for server in servers]
        self.done, self.failures = [], []
        self.contacts = self.ids("res_partner", "name ~ '^Fault [0-9]+$'")[100:]
        self.own = [self.contacts[10 + number :: 150] for number in (0, 1)]
        self.gone = {contact + 4 for own in self.own for contact in own}
        self.answers = self.ids(
            "crm_profiling_answer",
            """name->>'en_US' = '1' AND question_id IN (
                   SELECT id FROM crm_profiling_question
                    WHERE name->>'en_US' LIKE 'Fault _?' AND level = 'contact')""",
        )
        self.spare = self.ids("crm_profiling_answer", "name->>'en_US' = 'spare'")
        self.tags = self.ids("res_partner_category", "name->>'en_US' LIKE 'Fault _'")
        self.profiles = self.ids(
            "crm_profiling_profile", "name->>'en_US' LIKE 'Fault _'"
        )

    def ids(self, table, condition):
        rows = self.faults.sql(f"SELECT id FROM {table} WHERE {condition} ORDER BY id")
        return [row[0] for row in rows]

    def work(self):
        threads = [
            threading.Thread(target=self.person, args=(number,)) for number in (0, 1)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.failures:
            raise Unequal(f"somebody was refused: {self.failures[:3]}")

    def person(self, number):
        """Do the deeds of one of the two, each on a server of its own."""

        def do(*deed):
            found = self.servers[number](*deed)
            self.done.append(deed)
            return found

        rng = random.Random(number)
        try:
            shared = self.contacts[::150]
            for mine, ours in zip(self.own[number], shared, strict=False):
                self.deeds(do, rng, mine)
                # the same contact at once, each the answer to a question of its own
                self.answer(do, [ours], self.answers[number])
                for _time in range(2):
                    self.answer(do, self.next(number), rng.choice(self.answers))
            (self.rid_of_an_answer if number else self.archive_one)(do)
        except (OSError, xmlrpc.client.Error) as error:
            self.failures.append(error)

    def next(self, number):
        """Return contacts, for one of the two alone, that the job comes to next."""
        ids = [row[0] for row in self.faults.sql(NEXT)]
        return [id_ for id_ in ids if id_ % 2 == number and id_ not in self.gone]

    def answer(self, do, contacts, answer):
        do("res.partner", "write", contacts, {"profiling_answer_ids": [[4, answer]]})

    def deeds(self, do, rng, contact):
        answer, tag, profile = map(rng.choice, (self.answers, self.tags, self.profiles))
        state = rng.choice(["pinned", "barred"])
        self.answer(do, [contact], answer)
        do("res.partner", "write", [contact], {"category_id": [[4, tag]]})
        do("res.partner", "profiling_set_hand", [contact + 2], profile, state)
        do("res.partner", "unlink", [contact + 4])

    def archive_one(self, do):
        do("crm.profiling.answer", "write", self.answers[:1], {"active": False})

    def rid_of_an_answer(self, do):
        """Take an answer back from all who gave it, and have it given no more.

        It cannot be deleted: what was said before is kept.
        """
        gave = [["profiling_answer_ids", "in", self.spare]]
        contacts = do("res.partner", "search", gave)
        taken = [[3, answer] for answer in self.spare]
        do("res.partner", "write", contacts, {"profiling_answer_ids": taken})
        do("crm.profiling.answer", "write", self.spare, {"active": False})
