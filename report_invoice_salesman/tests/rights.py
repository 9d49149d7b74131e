"""What the matrix of rights of crm_profiling has to know of this addon."""

from odoo import Command

from odoo.addons.crm_profiling.tests.rights import SALES
from odoo.addons.crm_profiling.tests.test_rights_matrix import Line, records, to
from odoo.addons.crm_profiling_account.tests.common import books

SELLERS = ("own", "all", "manager")  # of the company whose plan it is
SETTER = ("manager",)
MONTH = "2026-03-01"


def things(case, company, word, thing):
    """Return a plan of profiles that runs, and what was invoiced.

    Plans are one company's each: what is everybody's has one of East's.
    """
    owner = company or case.east
    boss = case.enemy if company == case.west else case.colleague
    env = case.sudo(context={"allowed_company_ids": owner.ids})
    empty, plan = plans(env, company, owner, word)
    holder = env["invoice.salesman.holder"].create(
        {"plan_id": plan.id, "profile_id": thing.profile.id}
    )
    target = env["invoice.salesman.target"].create(
        {"holder_id": holder.id, "month": MONTH, "amount": 100.0}
    )
    plan.action_start()
    move = invoice(env, owner, thing.partner, word, boss)
    env.flush_all()
    handover = env["invoice.salesman.handover"].create(
        {
            "move_id": move.id,
            "from_user_id": boss.id,
            "user_id": boss.id,
            "date": "2026-03-11",
        }
    )
    month = {"month": MONTH}
    return {
        "empty_plan": empty,
        "plan": plan,
        "holder": holder,
        "target": target,
        "handover": handover,
        "result": env["invoice.salesman.result"].create(
            {"plan_id": plan.id, "key": thing.profile.id, "amount": 1.0, **month}
        ),
        "notice": env["invoice.salesman.notice"].create(
            {"holder_id": holder.id, "reason": "reached", **month}
        ),
        "move": move,
        "move_line": move.invoice_line_ids,
        "invoice": env["invoice.salesman.invoice"].browse(move.id),
        "invoice_line": env["invoice.salesman.line"].search(
            [("invoice_id", "=", move.id)], limit=1
        ),
    }


def plans(env, company, owner, word):
    """Return a plan of profiles for each of two years, where one may be."""
    return env["invoice.salesman.plan"].create(
        [
            {
                "name": f"{word} plan of {year}",
                "company_id": owner.id,
                "held_by": "profile",
                "metric": "turnover" if company else "margin",
                "date_from": f"{year}-01-01",
                "date_to": f"{year}-12-31",
            }
            for year in (2025, 2026)
        ]
    )


def tied(case, thing):
    """Return what there is once contacts have answered."""
    members = case.sudo["invoice.salesman.member"]
    return {"member": members.search([("invoice_id", "=", thing.move.id)], limit=1)}


def invoice(env, company, partner, word, user):
    """Return a posted invoice, in books that are made for the first one."""
    if not env["account.journal"].search_count([("company_id", "=", company.id)]):
        books(env, company)
    line = {"name": f"{word} line", "quantity": 1, "price_unit": 100, "tax_ids": False}
    move = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "invoice_date": "2026-03-10",
            "company_id": company.id,
            "invoice_user_id": user.id,
            "invoice_line_ids": [Command.create(line)],
        }
    )
    move._post(soft=False)
    return move


def fill(t, me):
    """Return a wizard of mine for a plan."""
    Fill = me.case.env["invoice.salesman.fill"].with_user(me.user).sudo()
    return to(Fill.create({"plan_id": t.plan.id, "method": "evenly"}).ids)


LINES = {
    "invoice.salesman.board": {
        "get_board": Line(SALES, lambda t, me: to(), (lambda t, me: to(t.holder.id),)),
    },
    "invoice.salesman.comparison": {
        "get_plans": Line(SALES, lambda t, me: to()),
        "get_comparison": Line(
            SELLERS,
            lambda t, me: to(t.plan.id),
            (lambda t, me: to(t.plan.id),),
        ),
    },
    "invoice.salesman.fill": {"action_fill": Line(SETTER, fill)},
    # by accountants alone
    "invoice.salesman.invoice": {"action_open": Line((), records("invoice"))},
    "invoice.salesman.plan": {
        **{
            name: Line(SETTER, records("plan"))
            for name in ("action_start", "action_draft", "action_close")
        },
        "action_reopen": Line(SETTER, records("plan")),
        "action_view_achieved": Line(
            SELLERS,
            lambda t, me: to(t.plan.ids, t.profile.id, MONTH),
            (lambda t, me: to(me.own.plan.ids, t.profile.id, MONTH),),
        ),
        "get_grid": Line(SELLERS, records("plan")),
        "message_subscribe": Line(
            SETTER, lambda t, me: to(t.plan.ids, me.user.partner_id.ids)
        ),
        "paste": Line(
            SETTER, lambda t, me: to(t.plan.ids, f"{me.own.profile.name}\t1")
        ),
        "set_cells": Line(
            SETTER,
            lambda t, me: to(t.plan.ids, [[t.holder.id, MONTH, 5]]),
            (lambda t, me: to(me.own.plan.ids, [[t.holder.id, MONTH, 5]]),),
        ),
        "spread_team": Line(
            (),  # it is no plan of teams
            lambda t, me: to(t.plan.ids, t.holder.id),
            (lambda t, me: to(me.own.plan.ids, t.holder.id),),
        ),
    },
}

# What is told of a new one, see `crm_profiling.tests.test_sealed`
NEW = {
    "invoice.salesman.holder": lambda own: {
        "plan_id": own.empty_plan.id,
        "profile_id": own.profile.id,
    },
    "invoice.salesman.target": lambda own: {
        "holder_id": own.holder.id,
        "month": "2026-04-01",
        "amount": 5,
    },
}

# Rows of West, see `crm_profiling.tests.rights`
WATCHED = {
    "invoice_salesman_plan": "id = ANY(%(plan)s) OR id = ANY(%(empty_plan)s)",
    "invoice_salesman_holder": "plan_id = ANY(%(plan)s)",
    "invoice_salesman_target": "plan_id = ANY(%(plan)s)",
    "invoice_salesman_result": "plan_id = ANY(%(plan)s)",
    "invoice_salesman_notice": "holder_id = ANY(%(holder)s)",
    "invoice_salesman_handover": "move_id = ANY(%(move)s)",
    "account_move": "id = ANY(%(move)s)",
    "account_move_line": "move_id = ANY(%(move)s)",
}
