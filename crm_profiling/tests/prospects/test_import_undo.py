"""An import is taken back: all that it did, and nothing that somebody did since."""

import random
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.prospects import crm_profiling_import_undo_run
from .test_import import ANN, BEN, csv_of
from .test_import_cases import CaseOfFile

# Tables that an import writes; what in them says when, and by whom, apart
TABLES = {
    "res_partner": "to_jsonb(t) - '{write_date,write_uid,calendar_last_notification"
    ",peppol_eas,peppol_endpoint}'::text[]",  # of Invoicing: computed, kept
    "crm_profiling_response": "to_jsonb(t) - '{write_date,write_uid}'::text[]",
    "crm_profiling_response_history": "to_jsonb(t) - '{id,write_date}'::text[]",
    "crm_profiling_membership": "jsonb_build_array(partner_id, profile_id, state)",
    "res_partner_res_partner_category_rel": "to_jsonb(t)",
    "mail_message": "to_jsonb(t) - '{write_date,write_uid}'::text[]",
    "mail_activity": "to_jsonb(t)",
}


class UndoCase(CaseOfFile):
    def world(self):
        """Return all that is in the tables that an import writes."""
        self.env.flush_all()
        self.env.invalidate_all()
        world = {}
        for table, said in TABLES.items():
            self.env.cr.execute(f"SELECT ({said})::text FROM {table} t ORDER BY 1")
            world[table] = [row[0] for row in self.env.cr.fetchall()]
        return world

    def undo(self, shown, batches=None):
        """Take an import back, or a part of it; return the progress."""
        record = self.record(shown)
        progress = record.undo()
        while progress["state"] == "undoing" and batches != 0:
            progress = record.run_undo_batch()
            batches = batches and batches - 1
        return progress

    def imported(self, rows, **options):
        content = rows if isinstance(rows, bytes) else csv_of(rows)
        shown = self.upload(content)
        if options:
            shown = self.record(shown).set_options(options)
        self.run_import(shown)
        return shown

    def assertSame(self, before):
        after = self.world()
        for table in TABLES:
            more = [row for row in after[table] if row not in before[table]]
            less = [row for row in before[table] if row not in after[table]]
            self.assertEqual(more, less, table)

    def kept(self, shown):
        return {
            one["name"]: one["why"] for one in self.record(shown).get_preview()["kept"]
        }


@tagged("post_install", "-at_install")
class TestUndo(UndoCase):
    def test_what_was_created_goes(self):
        self.tag("Fair")
        before = self.world()
        shown = self.imported(
            [{**ANN, "Staff?": "1", "Tags": "Fair"}, {**BEN, "Staff?": "2-20"},
             {"Company": "Lone Ltd", "City": "X"}]
        )  # fmt: skip
        progress = self.undo(shown)
        self.assertEqual(progress["state"], "undone")
        self.assertEqual(self.kept(shown), {})
        self.assertSame(before)

    def test_what_was_changed_is_as_before(self):
        company = self.prospect("Old Ltd", is_company=True, city="York")
        ben = self.prospect(
            "Ben Example",
            {"Staff?": "1", "Sector?": "IT"},
            email="ben@example.com",
            parent_id=company.id,
            comment="<p>old</p>",
            category_id=[Command.set(self.tag("Own").ids)],
        )
        self.tag("Fair")
        self.backdate(ben)
        before = self.world()
        row = {
            **BEN, "Company": "New Ltd", "City": "Leeds", "Job title": "Buyer",
            "Notes": "new", "Tags": "Fair", "Staff?": "500+", "Journalist?": "No",
        }  # fmt: skip
        shown = self.imported([row], mode="replace")
        self.assertEqual(self.stored(ben).parent_id.name, "New Ltd")
        self.assertAnswers(
            ben, {"Staff?": "500+", "Sector?": "IT", "Journalist?": "No"}
        )
        self.undo(shown)
        self.assertSame(before)
        self.assertProfiles(ben, "Partnership", "SaaS")
        self.assertTags(ben, "Partnership", "SaaS", "Own")

    def backdate(self, partner, days=3):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_profiling_response SET date = date - %s WHERE partner_id = %s",
            [timedelta(days=days), partner.id],
        )
        self.env.invalidate_all()

    def test_answers_of_the_company(self):
        self.ask("Staff?").level = "company"
        company = self.prospect("Example Freight", {"Staff?": "1"}, is_company=True)
        self.backdate(company)
        before = self.world()
        shown = self.imported([{**ANN, "Staff?": "500+"}])
        self.assertAnswers(company, {"Staff?": "500+"})
        self.undo(shown)
        self.assertEqual(self.kept(shown), {})
        self.assertSame(before)

    def test_the_people_of_a_company_follow_its_answers(self):
        self.ask("Staff?").level = "company"
        company = self.prospect("Example Freight", is_company=True)
        eve = self.prospect("Eve", parent_id=company.id)
        shown = self.imported([{**ANN, "Staff?": "1"}])
        self.assertProfilesAndTags(eve, "SaaS")
        self.undo(shown)
        self.assertProfilesAndTags(company)
        self.assertProfilesAndTags(eve)

    def five(self):
        """Return an import of five contacts, and the third of them."""
        rows = [{"Name": f"Al {n} Example", "Staff?": "1"} for n in range(5)]
        return self.imported(rows), self.contact("Al 2 Example")

    def assertOneStays(self, shown, one, why):
        self.assertCounts(self.undo(shown), state="undone", kept=1)
        self.assertEqual(self.kept(shown), {one.name: why})
        left = self.env["res.partner"].search([("name", "=like", "Al _ Example")])
        self.assertEqual(left, one)
        self.assertAnswers(one, {"Staff?": "1"})
        self.assertProfiles(one, "SaaS")

    @mute_logger("odoo.sql_db")
    def test_whom_the_database_keeps_stays_and_the_others_go(self):
        """As where another program guards its customers."""
        shown, one = self.five()
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'kept' USING ERRCODE = 'foreign_key_violation';
            END $$;
            CREATE TRIGGER keep BEFORE DELETE ON res_partner
               FOR EACH ROW WHEN (OLD.id = {one.id}) EXECUTE FUNCTION keep();
            """
        )
        self.assertOneStays(shown, one, "It is used: something is with it now.")

    def test_whom_an_addon_keeps_stays_and_the_others_go(self):
        """It says so when everything else about them is deleted already."""
        shown, one = self.five()
        Partner = self.env.registry["res.partner"]
        unlink, id_ = Partner.unlink, one.id
        why = "A subscription is running."

        def refuse(partners):
            ids = partners.ids
            unlink(partners)
            if id_ in ids:
                raise UserError(why)

        with patch.object(Partner, "unlink", refuse):
            self.assertOneStays(shown, one, why)

    def test_what_somebody_changed_since_stays(self):
        shown = self.imported([{**ANN, "Staff?": "1"}, BEN, {"Name": "Cy Example"}])
        ann, ben, cy = map(self.contact, ("Ann Example", "Ben Example", "Cy Example"))
        ann.function = "Buyer"
        self.answer(ben, "Sector?", "IT")
        words = "called"
        cy.message_post(body=words, message_type="comment")
        self.undo(shown)
        self.assertEqual(
            sorted(self.kept(shown)),
            ["Ben Example", "Cy Example", "Example Freight",
             "Example Freight, Ann Example"],
        )  # fmt: skip
        self.assertTrue(ann.exists() and ben.exists() and cy.exists())

    def test_values_that_somebody_changed_since_stay(self):
        ben = self.prospect("Ben Example", email="ben@example.com", city="York")
        row = {**BEN, "City": "Leeds", "Job title": "Buyer"}
        shown = self.imported([row], mode="replace")
        ben.city = "Hull"
        self.undo(shown)
        ben = self.stored(ben)
        self.assertEqual((ben.city, ben.function), ("Hull", False))

    def test_an_answer_given_since_stays(self):
        ben = self.prospect("Ben Example", email="ben@example.com")
        shown = self.imported([{**BEN, "Staff?": "1", "Sector?": "IT"}])
        self.answer(ben, "Staff?", "2-20")
        self.undo(shown)
        self.assertAnswers(ben, {"Staff?": "2-20"})

    def test_of_two_imports(self):
        ben = self.prospect("Ben Example", email="ben@example.com", city="York")
        first = self.imported([{**BEN, "City": "Leeds"}], mode="replace")
        second = self.imported([{**BEN, "City": "Hull"}], mode="replace")
        self.undo(first)
        self.assertEqual(self.stored(ben).city, "Hull")
        self.undo(second)
        self.assertEqual(self.stored(ben).city, "York")

    def test_who_was_asked_by_a_later_import_stays(self):
        """Later than the end of the first, whenever that one was looked at since."""
        shown, one = self.five()
        end = fields.Datetime.now() + timedelta(hours=1)
        self.record(shown).sudo().date_end = end
        two = self.contact("Al 3 Example")
        later = self.imported(
            [{"Name": one.name, "Sector?": "IT"}, {"Name": two.name, "Sector?": "IT"}]
        )
        self.assertCounts(self.record(later).get_preview()["progress"], updated=2)
        for partner, seconds in ((one, 1), (two, 0)):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE crm_profiling_response SET create_date = %s"
                " WHERE partner_id = %s AND answer_id = %s",
                [
                    end + timedelta(seconds=seconds),
                    partner.id,
                    self.choice("Sector?", "IT").id,
                ],
            )
        self.env.invalidate_all()
        self.assertCounts(self.undo(shown), state="undone", kept=1, undone=4)
        used = "It is used: something is with it now."
        self.assertEqual(self.kept(shown), {one.name: used})

    def test_twice_does_nothing(self):
        shown = self.imported([ANN])
        self.undo(shown)
        before = self.world()
        self.assertEqual(self.undo(shown)["state"], "undone")
        self.record(shown).run_undo_batch()
        self.assertSame(before)

    def test_it_goes_on_where_it_stopped(self):
        before = self.world()
        rows = [{"Name": f"Al {n} Example", "Staff?": "1"} for n in range(450)]
        shown = self.imported(rows)
        progress = self.undo(shown, batches=1)
        self.assertEqual((progress["state"], progress["done"]), ("undoing", 200))
        start = self.env["crm.profiling.import"].get_start()
        self.assertIn(shown["id"], [one["id"] for one in start["unfinished"]])
        self.undo(shown)
        self.assertSame(before)

    def test_people_go_before_their_companies(self):
        """Also where it is another batch that deletes the company."""
        before = self.world()
        shown = self.imported([ANN, {**ANN, "Name": "Al Example", "E-mail": ""}])
        with patch.object(crm_profiling_import_undo_run, "_BATCH", 1):
            self.undo(shown)
        self.assertEqual(self.kept(shown), {})
        self.assertSame(before)

    @mute_logger("odoo.addons.base.partner.merge")
    def test_merged_contacts_stay(self):
        other = self.prospect("Benjamin Example")
        shown = self.imported([BEN])
        ben = self.contact("Ben Example")
        merge = self.env["base.partner.merge.automatic.wizard"].sudo().create({})
        merge._merge((ben | other).ids, other)
        progress = self.undo(shown)
        self.assertEqual(progress["kept"], 1)
        self.assertTrue(other.exists())
        [why] = self.kept(shown).values()
        self.assertEqual(why, "“Ben Example” was merged into Benjamin Example.")

    def test_those_that_stay_are_shown_in_as_many_queries(self):
        counts = []
        for number in (2, 9):
            names = [f"Person {number} {n}" for n in range(number)]
            shown = self.imported([{**BEN, "Name": n, "E-mail": ""} for n in names])
            people = self.env["res.partner"].search([("name", "in", names)])
            people.sudo().function = "Buyer"
            self.undo(shown)
            self.assertEqual(set(self.kept(shown)), set(names))
            counts.append(self.count_queries(self.record(shown).get_preview))
        self.assertEqual(*counts)

    def test_whoever_was_deleted_was_not_merged(self):
        """A merge says so of those who were merged, not of all of the file."""
        shown = self.imported([BEN, ANN])
        ben, ann = self.contact("Ben Example"), self.contact("Ann Example")
        target = self.prospect("Ben Example Senior")
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (target | ben).ids, target
        )
        ann.sudo().unlink()
        self.undo(shown)
        why = [one["why"] for one in self.record(shown).get_preview()["kept"]]
        self.assertEqual(sum("was merged into" in one for one in why), 1, why)

    def test_what_profiles_did_on_entry_is_withdrawn(self):
        self.saas.write(
            {
                "entry_activity_type_id": self.env.ref(
                    "mail.mail_activity_data_todo"
                ).id,
                "entry_activity_summary": "Call",
            }
        )
        before = self.world()
        shown = self.imported([{**BEN, "Staff?": "1"}])
        self.undo(shown)
        self.assertSame(before)

    def test_an_activity_that_somebody_has_touched_stays(self):
        """Of contacts that were there: those that were created stay with it."""
        todo = self.env.ref("mail.mail_activity_data_todo")
        self.saas.write({"entry_activity_type_id": todo.id})
        al = self.prospect("Al Example", email="al@example.com")
        ben = self.prospect("Ben Example", email="ben@example.com")
        rows = [BEN, {"Name": "Al Example", "E-mail": "al@example.com"}]
        shown = self.imported([{**row, "Staff?": "1"} for row in rows])
        touched, untouched = al.activity_ids, ben.activity_ids
        self.assertEqual((len(touched), len(untouched)), (1, 1))
        self.env.flush_all()
        # as in a transaction of its own
        self.env.cr.execute(
            "UPDATE mail_activity SET note = 'Asked for Al',"
            " write_date = create_date + interval '1 second' WHERE id = %s",
            [touched.id],
        )
        self.env.invalidate_all()
        self.undo(shown)
        self.assertFalse(untouched.exists())
        self.assertEqual(self.stored(al).activity_ids, touched)
        self.assertProfiles(al)

    def test_a_created_contact_stays_with_the_activity_that_somebody_planned(self):
        shown = self.imported([{**BEN, "Staff?": "1"}])
        ben = self.contact("Ben Example")
        planned = ben.activity_schedule("mail.mail_activity_data_todo")
        self.undo(shown)
        self.assertEqual(self.stored(ben).activity_ids, planned)
        self.assertEqual([*self.kept(shown)], ["Ben Example"])

    def test_e_mails_that_went_out_are_listed(self):
        template = self.env["mail.template"].sudo().create(
            {
                "name": "Welcome", "subject": "Welcome, {{ object.name }}",
                "body_html": "<p>Hello</p>", "auto_delete": False,
                "model_id": self.env["ir.model"]._get_id("res.partner"),
            }
        )  # fmt: skip
        self.saas.write({"entry_send_mail": True, "mail_template_id": template.id})
        shown = self.imported([{**BEN, "Staff?": "1"}, {**ANN, "Staff?": "1"}])
        ben = self.contact("Ben Example")
        mails = self.env["mail.mail"].sudo().search([("res_id", "=", ben.id)])
        self.assertTrue(mails)
        mails.write({"state": "sent"})
        self.undo(shown)
        sent = self.record(shown).get_preview()["sent"]
        self.assertEqual(sent, ["Ben Example: Welcome, Ben Example"])

    def test_of_overlapping_imports(self):
        """A value returns only if it is still this import's."""
        ben = self.prospect("Ben Example", email="ben@example.com", city="York")
        first = self.upload([{**BEN, "City": "Leeds", "Job title": "Buyer"}])
        second = self.upload([{**BEN, "City": "Hull"}])
        for shown in (first, second):
            self.record(shown).set_options({"mode": "replace"})
        self.run_import(second)
        self.run_import(first)
        self.undo(second)
        ben = self.stored(ben)
        self.assertEqual((ben.city, ben.function), ("Leeds", "Buyer"))
        self.undo(first)
        ben = self.stored(ben)
        self.assertEqual((ben.city, ben.function), ("York", False))

    def test_only_for_a_month(self):
        shown = self.imported([BEN])
        record = self.record(shown)
        past = fields.Datetime.now() - timedelta(days=31)
        record.sudo().date_end = past
        self.assertFalse(record.get_preview()["progress"]["can_undo"])
        with self.assertRefused(UserError, "30 days"):
            record.undo()

    def test_to_the_second(self):
        record = self.record(self.imported([BEN]))
        end = record.sudo().date_end
        for late, can in ((timedelta(), False), (timedelta(seconds=-1), True)):
            with freeze_time(end + timedelta(days=30) + late):
                self.assertEqual(record.get_preview()["progress"]["can_undo"], can)

    def test_changes_are_told_on_the_contact(self):
        ben = self.prospect("Ben Example", email="ben@example.com", city="York")
        count = len(ben.message_ids)
        self.imported([{**BEN, "City": "Leeds", "Job title": "Buyer"}], mode="replace")
        ben = self.stored(ben)
        self.assertEqual(len(ben.message_ids), count + 1)
        body = str(ben.message_ids[0].body)
        for word in ("fair.csv", "York", "Leeds", "Buyer"):
            self.assertIn(word, body)

    def test_nothing_is_told_where_no_value_or_tag_changed(self):
        """An answer is among the answers, and somebody new has no before."""
        ben = self.prospect("Ben Example", email="ben@example.com")
        count = len(ben.message_ids)
        self.imported([{**BEN, "Staff?": "1"}, {"Name": "Al Example", "Staff?": "1"}])
        self.assertAnswers(ben, {"Staff?": "1"})
        self.assertEqual(len(self.stored(ben).message_ids), count)
        told = self.contact("Al Example").message_ids.mapped("body")
        self.assertFalse([body for body in told if "import" in body])
        self.imported([{**BEN, "Tags": self.tag("Fair").name}])
        self.assertIn("Tags: Fair", self.stored(ben).message_ids[0].body)


@tagged("post_install", "-at_install")
class TestTorture(UndoCase):
    """Files of all kinds: imported twice, taken back, and nothing has happened."""

    PREAMBLES = ("", "Visitors of the fair\n\n", "Report{s}Visitors\nDate{s}2026\n\n")
    FOOTERS = ("", "\nTotal{s}3\n", "\n\nLeads of the fair\nConfidential\n")
    ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
    NAMES = (
        "Ann Weiß", "ANN WEISS", "Ben – Example", "ben - example", "Zoë  Two",
        "zoë two", "Acme™ Person", "Old Friend", "old friend",
    )  # fmt: skip
    COMPANIES = (
        "", "Müller – Söhne", "MÜLLER - SÖHNE", "Freight Ltd", "Freight Limited",
        "Müller & Söhne OHG", "Old Ltd", "Self-employed", "[not provided]",
    )  # fmt: skip
    CELLS = {
        "E-mail": ("", "Old@friend.test", "mailto:x{n}@x.test", "n/a"),
        "Phone": ("", "-", "+44 20 7946 0120", "555 0100"),
        "Mobile": ("", "+44 7400 123456", "4.42E+11", "+44 7400 123457 ::: 07"),
        "City": ("", "York", "Köln", "NULL"),
        "Notes": ("", "met — twice", "none"),
        "Sector?": ("", "IT", "services"),
        "Staff?": ("", "1", "500+", "2–20"),
        "Tags": ("", "Fair", "Fair; Old"),
    }

    def test_files(self):
        self.tag("Fair"), self.tag("Old")
        company = self.prospect(
            "Old Ltd", {"Staff?": "1"}, is_company=True, city="Hull"
        )
        self.prospect(
            "Old Friend",
            {"Sector?": "IT"},
            email="old@friend.test",
            parent_id=company.id,
            comment="<p>old</p>",
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_profiling_response SET date = date - interval '3 days'"
        )
        self.env.invalidate_all()
        for seed in range(8):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self.torture(random.Random(seed))
                savepoint.rollback()

    def torture(self, pick):
        before = self.world()
        content = self.file(pick)
        mode = pick.choice(("fill", "replace", "leave"))
        are_same = pick.choice((None, False))
        first = self.read_in(content, mode, are_same)
        self.run_import(first)
        between = self.world()
        second = self.read_in(content, mode, are_same)
        progress = self.run_import(second)
        self.assertCounts(progress, created=0, updated=0, companies=0)
        self.assertSame(between)
        for shown in pick.choice(((first, second), (second, first))):
            self.assertEqual(self.undo(shown)["state"], "undone")
            self.assertEqual(self.kept(shown), {})
        self.assertSame(before)

    def read_in(self, content, mode, are_same):
        shown = self.upload(content)
        record = self.record(shown)
        if shown["readings"]:
            record.set_options({"encoding": "cp1252"})
        record.set_company(None, are_same)  # whose people write from one domain
        shown = record.set_options({"mode": mode})
        self.assertEqual(shown["problems"], [])
        return shown

    def file(self, pick):
        separator = pick.choice(",;\t|")
        rows = [["Name", "Company", *self.CELLS]]
        for number in range(pick.randrange(3, 12)):
            cells = (pick.choice(values) for values in self.CELLS.values())
            cells = [cell.replace("{n}", str(number)) for cell in cells]
            rows.append([pick.choice(self.NAMES), pick.choice(self.COMPANIES), *cells])
        text = "".join(separator.join(row) + "\n" for row in rows)
        if separator == ";":
            text = text.replace("Fair; Old", '"Fair; Old"')
        preamble, footer = (
            pick.choice(kinds).replace("{s}", separator)
            for kinds in (self.PREAMBLES, self.FOOTERS)
        )
        return f"{preamble}{text}{footer}".encode(pick.choice(self.ENCODINGS))
