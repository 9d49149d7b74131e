"""People who work while the step `faults` has something go wrong."""

import random
import threading
import time
import xmlrpc.client

from faults_servers import Unequal
from faults_world import NEXT


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
        except BaseException as error:  # a thread that ends is missed by nobody
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
