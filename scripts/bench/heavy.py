"""Sends requests that are as large as any salesperson can make them.

What `make bench` prints of each: whether it was refused or answered, the seconds of
processor time it took, Odoo's and the database's, and the memory of Odoo's process at
its peak, in all and of its own.  Each is sent to a process of its own, that has done
nothing else: what another one left behind would hide what it needs.
"""

import os
import subprocess
import sys
from pathlib import Path

from heavy_requests import REQUESTS
from meters import Meter
from psycopg2 import Error

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.service.model import call_kw
from odoo.tools import config

LOGIN = "bench"


def fill(env):
    """Create who sends the requests, and questions and profiles for the tree."""

    groups = "sales_team.group_sale_salesman", "base.group_partner_manager"
    env["res.users"].create(
        {
            "name": LOGIN,
            "login": LOGIN,
            "group_ids": [Command.link(env.ref(name).id) for name in groups],
        }
    )
    questions = env["crm.profiling.question"].create(
        [
            {
                "name": f"Question {number}?",
                "answer_ids": [
                    Command.create({"name": f"Answer {answer}"}) for answer in range(4)
                ],
            }
            for number in range(106)
        ]
    )
    profiles = env["crm.profiling.profile"]
    for number in range(306):
        asked = [questions[(number * step + step) % 106] for step in (1, 7, 31)]
        wanted = [
            answer
            for question in asked
            for answer in question.answer_ids[number % 3 : number % 3 + 2]
        ]
        parent = profiles[number // 3 - 1] if number % 3 == 2 else profiles.browse()
        profiles |= profiles.create(
            {
                "name": f"Profile {number}",
                "parent_id": parent.id,
                "required_answer_ids": [Command.set([a.id for a in wanted])],
            }
        )
    env.cr.commit()


def peak():
    """Return the megabytes of this process, now and at its peak since `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    sizes = dict(line.split(":") for line in status.splitlines())
    return [int(sizes[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")]


def forget_peak():
    Path("/proc/self/clear_refs").write_text("5")


def outcome_of(model, method, args):
    """Call a method as a client does; return whether it answered."""

    try:
        call_kw(model, method, args, {})
        model.env.flush_all()
        return "answered"
    except UserError as refusal:
        return f"refused: {str(refusal).partition(chr(10))[0]}"
    except Error:  # an index of Odoo's own takes no name as long
        return "refused by PostgreSQL"


def send(database, name):
    """Send a request; print its line of the table."""

    config.parse_config(["-d", database, "--log-level=critical"], setup_logging=True)
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        user = env["res.users"].search([("login", "=", LOGIN)])
        env = api.Environment(cr, user.id, {"lang": "en_US"})
        model, method, make = REQUESTS[name]
        args = list(make(env))
        env.invalidate_all()
        env["crm.profiling.question"].search_count([])  # who the user is, and may do
        forget_peak()
        before, outcome = peak()[0], []
        cost = Meter(cr).measure(
            lambda: outcome.append(outcome_of(env[model], method, args))
        )
        most = peak()[1]
        cr.rollback()
    print(
        f"| {name} | {outcome[0]} | {cost.seconds:.2f} | {cost.work:.2f} | {most} |"
        f" {most - before} |",
        flush=True,
    )


def measure(database):
    """Print the table: each request in a process of its own."""
    print("| request | what comes of it | s | work s | MB | of its own |")
    print("|---|---|--:|--:|--:|--:|", flush=True)
    for name in REQUESTS:
        subprocess.run(
            [sys.executable, __file__, database, name], env=os.environ, check=True
        )


if __name__ == "__main__":
    sys.exit(send(*sys.argv[1:]))
