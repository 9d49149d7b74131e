"""What each step of the tests does: `test.py` says which there are."""

import ast
import os
import subprocess

import pot
from faults import Faults, own_server
from left_behind import compare, snapshot, uninstall
from project import ADDON, COMPANIONS, ROOT
from upgrade import upgrade

LINT = ("TestIndex", "TestLintOverrideSignatures", "TestTestHoles", "ManifestLinter")
# These tests of crm fail in the same way in a database that has never seen the addon:
# this build of Odoo wraps what they merge in one more <span>
FAILING_WITHOUT_US = (
    "TestLeadMerge.test_lead_merge_address_not_propagated",
    "TestLeadMerge.test_lead_merge_address_propagated",
    "TestLeadMerge.test_lead_merge_internals",
    "TestLeadMerge.test_merge_method",
    "TestLeadMerge.test_merge_method_propagate_lost_reason",
)
# This tour of crm leaves the form 0.1 s after it clicked Won there: whether that was
# sent by then hangs on how busy the machine is, without the addon as well
RACING = ("TestUi.test_03_crm_tour_forecast",)
# Look at all models, methods and fields there are, those of addons beside it as well
WALLS = ",".join(
    f"/{ADDON}:{test}"
    for test in (
        "TestHostile.test_a_few_calls",
        "TestORM",
        "TestRightsMatrix",
        "TestRules",
        "TestSealed",
    )
)
# What an addon reads where it is installed, without depending on it
READ_BY = {
    "report_invoice_salesman": ("sale_management", "sale_margin", "stock_account"),
}
# The addons of Odoo that bring a companion, or that it stands on
WANTED_BY = {
    "crm_profiling_account": ("account",),
    "crm_profiling_mass_mailing": ("mass_mailing",),
    "report_invoice_salesman": ("account",),
}
# All companions are there in the runs of each: the walls are tried in those of the one
# whose own tests are done soonest
WALLED = "crm_profiling_account"
WEB_CLIENT = "/web:TestMenusAdminLight"


def template(step, demo):
    """Make the database that parts copy, if need be."""
    step.template(bool(demo))


def code(step, tool):
    done = subprocess.run(["make", "-s", tool], cwd=ROOT, env=step.env)
    if done.returncode:
        step.fail(f"make {tool}")
    else:
        step.passed += 1


def suite(step, tests):
    step.fresh(addon=True)
    step.odoo("the addon's own tests", tests=tests)


def lint(step, _):
    step.fresh(addon=True)
    tests = ",".join(f"/test_lint:{name}" for name in LINT)
    step.odoo("Odoo's own lint", "-i", "test_lint", tests=tests)


def cycle(step, demo):
    step.fresh(demo)
    before = snapshot(step.db)
    how = "with demo data" if demo else "without demo data"
    step.fresh(demo, addon=True)
    step.odoo("update", "-u", ADDON)
    if demo:
        for problem in pot.problems(step.env, step.db):
            step.fail(problem)
        step.odoo("click every menu", tests=f"menus/{ADDON}")
    uninstall(step)
    compare(step, before, how)
    if not demo:
        step.odoo("the web client afterwards", tests=WEB_CLIENT)


def beside(step, _):
    step.fresh(addon=True)
    tests = ",".join(
        ["/crm", *(f"-/crm:{name}" for name in FAILING_WITHOUT_US + RACING)]
    )
    step.odoo("crm's own tests", "-u", "crm", tests=tests)


def companions(step, argument):
    addon, _, beside = argument.partition("+")
    demo = beside == "demo"
    how = ["--with-demo"] if demo else []
    manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())
    others = WANTED_BY[addon]
    step.fresh(demo, addon=True, others=others)
    if manifest.get("auto_install"):
        # what installs itself cannot be told apart from what brought it: it is there
        step.odoo(f"update {addon}, its tests", "-u", addon, tests=f"/{addon}")
        check_texts(step, addon)
        uninstall(step, addon)
        return
    if more := more_of(addon, beside):
        step.odoo("what is beside it", "-i", ",".join(more), "--no-http")
    before = snapshot(step.db)
    if demo:
        step.odoo(f"{addon} with demo data", "-i", addon, *how)
        # people, invoices: there is no taking back what was posted
        before.pop("contacts")
    elif beside:
        tests = f"/{addon},goods/{addon},-browser"
        step.odoo(f"the tests of {addon}, beside goods", "-i", addon, tests=tests)
    else:
        step.odoo(f"the tests of {addon}", "-i", addon, tests=f"/{addon}")
        if addon == WALLED:
            step.odoo("rights and hostile calls, all addons", tests=WALLS)
        check_texts(step, addon)
    step.odoo(f"update {addon}", "-u", addon, *how)
    uninstall(step, addon)
    compare(step, before, addon)


def more_of(addon, beside):
    """Return what is installed beside a companion before it comes."""
    if beside == "goods":
        return READ_BY[addon]
    return [] if beside else sorted(set(COMPANIONS) - {addon})


def check_texts(step, addon):
    for problem in pot.problems(step.env, step.db, addon):
        step.fail(problem)


def ways_of(addon):
    """Return in which ways a companion is tried."""
    return [addon, *(f"{addon}+{way}" for way in ("goods", "demo") if addon in READ_BY)]


def faults(step, _):
    with own_server(step) as server:
        step.fresh(addon=True)
        Faults(step, server).all(os.environ.get("FAULTS", ""))


def fuzz(step, _):
    """Random histories, also with invoices and targets, and hostile calls: not usual.

    Each for MINUTES.
    """
    step.fresh(addon=True)
    step.env = dict(step.env)
    step.env["FUZZ_MINUTES"] = os.environ.get("MINUTES") or "10"
    step.env["FUZZ_SEED"] = os.environ.get("SEED") or ""
    step.odoo("random histories", tests=f"/{ADDON}:TestHistories.test_many_histories")
    step.odoo("hostile calls", tests=f"/{ADDON}:TestHostile.test_many_calls")
    invoices = f"{ADDON}_account"
    step.odoo(f"install {invoices}", "-i", invoices, "--no-http")
    tests = f"/{invoices}:TestInvoiceHistories.test_many_histories"
    step.odoo("random histories with invoices", tests=tests)
    targets = "report_invoice_salesman"
    step.odoo(f"install {targets}", "-i", targets, "--no-http")
    tests = f"/{targets}:TestHistories.test_many_histories"
    step.odoo("random histories of sales targets", tests=tests)


STEPS = {
    function.__name__: function
    for function in (
        code,
        suite,
        lint,
        cycle,
        beside,
        companions,
        faults,
        upgrade,
        fuzz,
        template,
    )
}
STEPS["browser"] = suite
