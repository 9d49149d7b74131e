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
import time
import xmlrpc.client

from db import drop_db
from faults_people import People, Person
from faults_servers import Unequal
from faults_world import WRITING, World
from pg import Embedded


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


class Faults(World):
    """The tests, each on a copy of the same database."""

    def __init__(self, step, server):
        super().__init__(step)
        self.server = server

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
