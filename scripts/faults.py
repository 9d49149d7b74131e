"""What the step `faults` of the tests does: real servers, ended and hindered at work.

A database server of its own holds some thousand contacts and a background run that
has just been asked for. Each test takes a copy of that, lets Odoo servers do the run
while something goes wrong, and compares what has become of it with an undisturbed run.
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

CONTACTS = 4000
PATIENCE = 180  # seconds that anything may take on a busy machine

# What of a contact must be the same, however the run went.
FACTS = {
    "answers": "SELECT partner_id, answer_id FROM crm_profiling_response",
    "memberships": "SELECT partner_id, profile_id, state, category_id"
    " FROM crm_profiling_membership",
    "tags": "SELECT partner_id, category_id FROM res_partner_res_partner_category_rel",
    "states": "SELECT id, known::text, matched::text FROM crm_profiling_state",
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
profiles = env["crm.profiling.profile"]
for n in range(6):
    profiles += profiles.create(dict(
        name=f"Fault {{n}}",
        category_id=tags[n % 3].id,
        parent_id=rng.choice([False, *profiles.ids]),
        required_answer_ids=rng.sample(answers.ids, 3),
        excluded_answer_ids=rng.sample(answers.ids, 1),
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
env["crm.profiling.answer"].create(dict(name="unused", question_id=questions[0].id))
for contact in contacts[:40]:
    state = rng.choice(["pinned", "barred"])
    contact.profiling_set_hand(rng.choice(profiles).id, state)
for contact in contacts[40:80]:
    contact.category_id = [Command.link(rng.choice(tags).id)]
parameters = env["ir.config_parameter"]
parameters.set_param("crm_profiling.apply_at_once", -1)
parameters.set_param("crm_profiling.run_batch_size", 25)
env["crm.profiling.run"].search([]).write(dict(state="done"))
for n, profile in enumerate(profiles):
    profile.required_answer_ids = [Command.set(rng.sample(answers.ids, 4))]
    profile.category_id = tags[(n + 1) % 3]
env.cr.execute(
    "UPDATE ir_cron SET active = id = %s",
    [env.ref("crm_profiling.ir_cron_apply_profiles").id],
)
env.cr.commit()
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
        if not self.sql("SELECT changed FROM crm_profiling_run ORDER BY id")[-1][0]:
            raise Unequal("the undisturbed run changed nothing")

    def fresh(self):
        drop_db(self.step.db)
        create_db(self.step.db, template=self.template)

    def sql(self, query, *args):
        return sql(query, *args, db=self.step.db)

    def facts(self):
        return {what: set(self.sql(query)) for what, query in FACTS.items()}

    def compare(self, wanted=None):
        found = self.facts()
        for what, rows in (wanted or self.wanted).items():
            if found[what] != rows:
                more, less = found[what] - rows, rows - found[what]
                raise Unequal(
                    f"{what}: {len(more)} too many {sorted(more, key=str)[:3]},"
                    f" {len(less)} missing {sorted(less, key=str)[:3]}"
                )
        failed = self.sql("SELECT sum(failed) FROM crm_profiling_run")[0][0]
        if failed:
            raise Unequal(f"{failed} contacts were left out")

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

    def finish(self, *servers):
        self.wait(lambda: self.run()[0] == "done", "the run was done", *servers)

    # ------------------------------------------------------------ the tests

    def killed_ten_times(self):
        """The server is killed in the middle of the run, and started again."""
        rng = random.Random(2)
        for _time in range(10):
            server = self.serve("--no-http")
            self.advance(server)
            time.sleep(rng.random() / 4)
            self.kill(server)
            if self.run()[0] == "done":
                raise Unequal("the run was over before the server was killed")
        self.finish(self.serve("--no-http"))
        self.compare()

    def two_servers(self):
        """Two servers have the job, while people work with the contacts."""
        servers = [self.serve(), self.serve()]
        self.advance(*servers)
        people = People(self, servers)
        people.work()
        self.finish(*servers)
        self.end()
        done = self.facts()
        # the same deeds on what an undisturbed run left
        self.fresh()
        server = self.serve()
        self.finish(server)
        People(self, [server]).work()
        self.end()
        wanted = self.facts()
        self.compare(done)
        if wanted == self.wanted or people.failures:
            raise Unequal(f"people changed nothing: {people.failures[:3]}")

    def statement_timeout(self):
        """A batch takes longer than the database allows: smaller ones do not."""
        self.sql("DELETE FROM ir_config_parameter WHERE key LIKE '%run_batch_size'")
        self.sql(
            """CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
               'BEGIN PERFORM pg_sleep(0.002); RETURN NEW; END'"""
        )
        self.sql(
            """CREATE TRIGGER slow BEFORE INSERT ON crm_profiling_membership
               FOR EACH ROW EXECUTE FUNCTION slow()"""
        )
        self.sql(f"""ALTER DATABASE "{self.step.db}" SET statement_timeout = 900""")
        self.finish(self.serve("--no-http"))
        self.compare()
        log = self.step.log.read_text()
        if "canceling statement due to statement timeout" not in log:
            raise Unequal("no statement was cancelled")

    def database_restarted(self):
        """The database goes down hard in the middle of the run, and comes back."""
        server = self.serve("--no-http")
        for _time in range(2):
            self.advance(server)
            self.server.stop("immediate")
            self.server.start()
            if self.run()[0] == "done":
                raise Unequal("the run was over before the database was restarted")
            # As a supervisor would: Odoo's thread for jobs may have ended
            stop(server)
            server = self.serve("--no-http")
        self.finish(server)
        self.compare()

    def paused_and_resumed(self):
        """A pause is heard in the middle of the run, and the run goes on after it."""
        server = self.serve()
        self.advance(server)
        admin = Person(self.step.db, server)
        run_ids = admin("crm.profiling.run", "search", [["state", "=", "running"]])
        admin("crm.profiling.run", "action_pause", run_ids)
        state, done = self.run()
        time.sleep(1)
        if state != "paused" or self.run() != (state, done):
            raise Unequal(f"not paused: {state}, {done} and then {self.run()}")
        admin("crm.profiling.run", "action_resume", run_ids)
        self.finish(server)
        self.compare()

    def profile_saved_meanwhile(self):
        """A manager saves a profile while the job is at work: both come through."""
        server = self.serve()
        self.advance(server)
        admin = Person(self.step.db, server)
        profile_ids = admin(
            "crm.profiling.profile", "search", [["name", "=", "Fault 5"]]
        )
        for _time in range(3):
            admin("crm.profiling.profile", "write", profile_ids, {"active": False})
            admin("crm.profiling.profile", "write", profile_ids, {"active": True})
        self.finish(server)
        self.compare()

    TESTS = (killed_ten_times, profile_saved_meanwhile)
    # by their names only
    MORE = (two_servers, paused_and_resumed, statement_timeout, database_restarted)

    def test(self, test):
        print(f"   {test.__name__}", flush=True)
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

    def all(self, names=""):
        try:
            self.prepare()
            by_name = {test.__name__: test for test in (*self.TESTS, *self.MORE)}
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
    """Two people who answer, tag, and delete, some of the same contacts at once."""

    def __init__(self, faults, servers):
        self.servers, self.failures = servers, []
        self.db = faults.step.db
        ids = faults.sql(
            "SELECT id FROM res_partner WHERE name ~ '^Fault [0-9]+$' ORDER BY id"
        )
        self.contacts = [row[0] for row in ids[100:]]
        answers = faults.sql(
            """SELECT answer.id, answer.name->>'en_US', question.name->>'en_US'
                 FROM crm_profiling_answer answer
                 JOIN crm_profiling_question question ON question.id = question_id
                WHERE question.name->>'en_US' LIKE 'Fault _?' ORDER BY 1"""
        )
        self.unused = [row[0] for row in answers if row[1] == "unused"]
        self.answers = [row[0] for row in answers if row[2] != "Fault 3?"]
        self.answers = sorted({*self.answers} - {*self.unused})
        self.tags = [
            row[0]
            for row in faults.sql(
                """SELECT id FROM res_partner_category
                    WHERE name->>'en_US' LIKE 'Fault _' ORDER BY id"""
            )
        ]

    def work(self):
        threads = [
            threading.Thread(target=self.person, args=(number,)) for number in (0, 1)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def person(self, number):
        try:
            self.deeds(
                Person(self.db, self.servers[number % len(self.servers)]), number
            )
        except Exception as error:
            self.failures.append(error)

    def deeds(self, rpc, number):
        """Each has own contacts, spread over the run; they share every tenth."""
        rng = random.Random(number)
        shared = self.contacts[::40]
        own = self.contacts[20 + number :: 40]
        for mine, ours in zip(own, shared, strict=False):
            answer, tag = rng.choice(self.answers), rng.choice(self.tags)
            rpc("res.partner", "write", [mine], {"profiling_answer_ids": [[4, answer]]})
            rpc("res.partner", "write", [mine], {"category_id": [[4, tag]]})
            # the same contact at once: one of the answers each to a question of its own
            answer = self.answers[4 * number]
            rpc("res.partner", "write", [ours], {"profiling_answer_ids": [[4, answer]]})
            if rng.random() < 0.3:
                rpc("res.partner", "unlink", [mine])
        if number and self.unused:
            rpc("crm.profiling.answer", "unlink", self.unused)
