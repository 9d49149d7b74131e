"""A random catalog to ask by: always the same for as many questions and profiles."""

import random
import time

SEED = 19


def fill(server, questions, profiles):
    """Create questions of single choice, and profiles; those before are archived.

    :return: ``{id of a question: ids of its answers}``
    """
    for model in ("profile", "questionnaire", "question"):
        name = f"crm.profiling.{model}"
        server.call(name, "write", server.call(name, "search", []), {"active": False})
    parameter = "crm_profiling.apply_at_once"
    server.call("ir.config_parameter", "set_param", parameter, "1000000")
    pick, stamp = random.Random(SEED), time.strftime("%H%M%S")
    answers = create_questions(server, pick, stamp, questions)
    create_profiles(server, pick, stamp, profiles, answers)
    return answers


def create_questions(server, pick, stamp, count):
    """Create questions of two to six answers; return those as `fill` does."""
    ids = server.call(
        "crm.profiling.question",
        "create",
        [
            {
                "name": f"{stamp} Question {number}?",
                "sequence": number,
                "answer_ids": [
                    [0, 0, {"name": f"Answer {number}.{rank}", "sequence": rank}]
                    for rank in range(pick.randint(2, 6))
                ],
            }
            for number in range(1, count + 1)
        ],
    )
    found = server.call("crm.profiling.question", "read", ids, ["answer_ids"])
    return {one["id"]: one["answer_ids"] for one in found}


def create_profiles(server, pick, stamp, count, answers):
    """Create profiles that ask for some answers to one to three questions each."""
    tag = server.call("res.partner.category", "create", [{"name": f"Bench {stamp}"}])[0]
    ids, vals_list = list(answers), []
    for number in range(count):
        required = [
            answer
            for q in pick.sample(ids, min(len(ids), pick.randint(1, 3)))
            for answer in pick.sample(answers[q], pick.randint(1, len(answers[q]) - 1))
        ]
        vals_list.append(
            {
                "name": f"{stamp} Profile {number}",
                "category_id": tag,
                "required_answer_ids": [[6, 0, required]],
            }
        )
    server.call("crm.profiling.profile", "create", vals_list)
