"""What the addon does, and the least that anybody would have to do."""

import random

from odoo.fields import Command

SCAN = """
    SELECT count(*) FROM (SELECT partner_id, array_agg(answer_id ORDER BY answer_id)
                            FROM crm_profiling_response GROUP BY partner_id) AS answers
"""


def scan(data):
    """Floor: gather each contact's answers, with memory enough not to spill.

    In one process, as a run: what others do for it would not be seen by the meter.
    """
    data.cr.execute("SET work_mem = '256MB'; SET max_parallel_workers_per_gather = 0")
    data.cr.execute(SCAN)
    data.cr.execute("RESET work_mem; RESET max_parallel_workers_per_gather")


def keep_results(data):
    """Lay the rows of a run aside for `insert`; return how many."""
    data.cr.execute(
        """DROP TABLE IF EXISTS bench_membership, bench_tag, bench_state;
           CREATE TABLE bench_state AS
               SELECT id, matched FROM crm_profiling_state WHERE matched <> '{}';
           CREATE TABLE bench_membership AS SELECT * FROM crm_profiling_membership;
           CREATE TABLE bench_tag AS
               SELECT * FROM res_partner_res_partner_category_rel"""
    )
    data.commit("bench_membership", "bench_tag", "bench_state")
    data.cr.execute(
        "SELECT (SELECT count(*) FROM bench_membership),"
        " (SELECT count(*) FROM bench_tag), (SELECT count(*) FROM bench_state)"
    )
    return data.cr.fetchone()


def insert(data):
    """Floor: write those rows in the best order, no questions asked."""
    data.cr.execute(
        """INSERT INTO crm_profiling_membership SELECT * FROM bench_membership
            ORDER BY partner_id, profile_id"""
    )
    data.cr.execute(
        """INSERT INTO res_partner_res_partner_category_rel SELECT * FROM bench_tag
            ORDER BY partner_id, category_id"""
    )
    data.cr.execute(
        """UPDATE crm_profiling_state state SET matched = bench_state.matched
             FROM bench_state WHERE bench_state.id = state.id"""
    )
    data.cr.commit()


def run(data, look=False):
    """Pass over all contacts as the scheduler does: batches, a commit after each.

    :param look: whether what is found of them is looked up anew
    """
    Run = data.env["crm.profiling.run"]
    Run.create({"total": data.contacts, "look": look})
    Run._cron_apply()
    data.env.invalidate_all()


def preview(data):
    """Say what saving a profile would change, as its form does on every click."""
    data.env["crm.profiling.preview"]._preview(data.profiles[0]._draft())


def check_health(data):
    data.env["crm.profiling.finding"].action_check()


def choose(data, rank):
    """Return answers, one to each question, that many profiles take."""
    pick = random.Random(rank)
    evaluator = data.env["crm.profiling.catalog"]._evaluator()
    return max(
        ([pick.choice(answers) for answers in data.answers] for _ in range(20)),
        key=lambda answers: len(evaluator.matched(evaluator.mask(answers))),
    )


def answer(data, contacts, answers):
    """Save the whole of what contacts answered."""
    contacts.write({"profiling_answer_ids": [Command.set(answers)]})
    data.env.flush_all()


def comment(data, contacts, answers):
    """Save something else of them."""
    contacts.write({"comment": f"<p>{answers}</p>"})
    data.env.flush_all()
