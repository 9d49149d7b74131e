"""What is found in the contacts' own data, beside what they answered."""

import ours

from odoo.fields import Command

COUNT = 10  # questions, with 16 conditions
NAME = "Bench found"


def add(data):
    """Have every profile mention one of ten questions whose answers are found."""
    data.cr.execute(
        """UPDATE res_partner SET zip = id %% 97, city = 'City ' || id %% 31,
                  ref = id %% 1000, function = 'Function ' || id %% 7
            WHERE id >= %s""",
        [data.first],
    )
    data.commit("res_partner")
    questions = data.env["crm.profiling.question"].create(
        [
            {
                "name": f"{NAME} {number}?",
                "origin": "contact",
                "answer_ids": [
                    Command.create({"name": str(rank), "sequence": rank, **vals})
                    for rank, vals in enumerate(answers)
                ],
            }
            for number, answers in enumerate(_answers())
        ]
    )
    cron = data.env.ref("crm_profiling.ir_cron_apply_profiles")
    cron.sudo().lock_for_update()
    for rank, profile in enumerate(data.profiles):
        answers = questions[rank % COUNT].answer_ids
        wanted = answers[: max(1, len(answers) - 1)]
        profile.required_answer_ids = [Command.link(a.id) for a in wanted]
    data.env["crm.profiling.run"].search([]).unlink()
    data.commit("crm_profiling_state")
    return questions


def _answers():
    """Yield the answers of each question, the last without a condition."""
    conditions = [
        ([("zip", "like", "1")], [("zip", "like", "2")]),
        ([("city", "=", "City 1")], [("city", "in", ["City 2", "City 3"])]),
        ([("function", "!=", "Function 1")],),
        ([("email", "ilike", "example")],),
        ([("phone", "!=", False)], [("email", "!=", False)]),
        ([("create_date", ">=", "today -30d")], [("create_date", "<", "today -1y")]),
        ([("country_id.code", "=", "BE")], [("lang", "=", "en_US")]),
        ([("ref", "like", "7"), ("is_company", "=", False)],),
        ([("website", "=", False)],),
        ([("city", "ilike", "1"), ("zip", "!=", "5")], [("ref", "=", "5")]),
    ]
    for several in conditions:
        yield [{"domain": repr(one)} for one in several] + [{}]


def look(data):
    """Look at all contacts, as the night does: batches, a commit after each."""
    ours.run(data, look=True)


def save(data, contacts, answers):
    """Save something of contacts by which answers are found."""
    contacts.write({"ref": str(sum(answers))})
    data.env.flush_all()


def drop(data, questions):
    for profile in data.profiles:
        profile.required_answer_ids -= questions.answer_ids
    questions.unlink()
    data.env["crm.profiling.run"].search([]).unlink()
    data.cr.execute("UPDATE crm_profiling_state SET found = '{}' WHERE found <> '{}'")
    data.cr.execute("DELETE FROM crm_profiling_state WHERE asked = '{}'")
    data.commit("crm_profiling_state")
