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
import time
import xmlrpc.client

import psycopg2
from dev import free_port, start, stop
from faults_people import People, Person
from faults_world import CONTACTS, FACTS, POPULATE, SLOW, WRITING, Unequal
from pg import Embedded, create_db, drop_db, rename_db, say, sql

PATIENCE = 180  # seconds that anything may take on a busy machine


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
