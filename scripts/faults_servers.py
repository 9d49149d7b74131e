"""The Odoo servers that the step `faults` has do a background run."""

import contextlib
import os
import signal
import time

import psycopg2
from db import sql
from dev import free_port, start, stop

PATIENCE = 180  # seconds that anything may take on a busy machine


class Unequal(Exception):
    """The run ended otherwise than an undisturbed one."""


class Servers:
    """Starts and ends them, and watches how far the run is.

    :param Step step: whose database they serve
    """

    def __init__(self, step):
        self.step = step
        self.log = open(step.log, "a")  # noqa: SIM115
        self.servers = []

    def sql(self, query, *args):
        return sql(query, *args, db=self.step.db)

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
