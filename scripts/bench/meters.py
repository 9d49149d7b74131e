"""Clocks, and a look at the memory of Odoo and of the database's process beside it."""

import contextlib
import os
import signal
import statistics
import threading
import time
from pathlib import Path
from typing import NamedTuple

TICK = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """What something took."""

    seconds: float  # that passed
    work: float  # of processor time, Odoo's and the database's, where we can see both
    queries: int = 0

    def __add__(self, other):
        return Cost(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def __mul__(self, times):
        return Cost(*(mine * times for mine in self))


@contextlib.contextmanager
def at_most(seconds):
    """Raise TimeoutError in what takes longer."""

    def stop(_signal, _frame):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def median(costs):
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


class Meter:
    """Measures what is done on one cursor."""

    def __init__(self, cr):
        self.cr = cr
        cr.execute("SELECT pg_backend_pid(), current_setting('data_directory', true)")
        pid, folder = cr.fetchone()
        process = Path(f"/proc/{pid}")
        # The number means something only where the server runs on this machine.
        local = folder and Path(folder).exists() and process.exists()
        self.processes = {"Odoo": Path("/proc/self")}
        if local:
            self.processes["PostgreSQL"] = process
        self.watching = 0  # processor time of looking at the memory

    def _work(self):
        """Processor time so far. Without the server's, what passed stands for it."""
        if "PostgreSQL" not in self.processes:
            return time.perf_counter()
        stat = (self.processes["PostgreSQL"] / "stat").read_text().rpartition(")")[2]
        user, system = stat.split()[11:13]
        return time.process_time() - self.watching + (int(user) + int(system)) / TICK

    def measure(self, run):
        """Return the `Cost` of calling something."""
        queries, work, start = self.cr.sql_log_count, self._work(), time.perf_counter()
        run()
        return Cost(
            time.perf_counter() - start,
            self._work() - work,
            self.cr.sql_log_count - queries,
        )

    def megabytes(self):
        """Return ``{process: its own memory}``: what it shares with others is not."""
        sizes = {}
        for name, process in self.processes.items():
            for line in (process / "status").read_text().splitlines():
                if line.startswith("RssAnon"):
                    sizes[name] = int(line.split()[1]) // 1024
        return sizes

    @contextlib.contextmanager
    def watch_memory(self):
        """Yield a dict that holds, afterwards, the peak of each process."""
        peaks, done, before = self.megabytes(), threading.Event(), self.watching

        def watch():
            while not done.wait(0.02):
                for name, size in self.megabytes().items():
                    peaks[name] = max(peaks[name], size)
                self.watching = before + time.thread_time()

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield peaks
        finally:
            done.set()
            watcher.join()
