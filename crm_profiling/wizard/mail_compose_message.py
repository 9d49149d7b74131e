from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

# Addresses of several contacts that are named
_NAMED = 3


class MailComposeMessage(models.TransientModel):
    """Says how many get an e-mail to a segment."""

    _inherit = "mail.compose.message"

    profiling_recipients = fields.Char(
        string="Who gets it", compute="_compute_profiling_recipients"
    )

    @api.depends("composition_mode", "model", "res_domain", "use_exclusion_list")
    @api.depends_context("crm_profiling_segment", "lang")
    def _compute_profiling_recipients(self):
        for composer in self:
            composer.profiling_recipients = (
                composer._profiling_is_segment()
                and composer._profiling_recipients_note()
            )

    def _profiling_is_segment(self):
        """Whether this goes to a segment, each of its contacts by itself."""
        return bool(
            self.env.context.get("crm_profiling_segment")
            and self.composition_mode == "mass_mail"
            and self.model == "res.partner"
            and self.res_domain
        )

    def _profiling_recipients_note(self):
        contacts = Domain(self._evaluate_res_domain())
        addressed = Domain("email_normalized", "!=", False)
        blacklisted = Domain.FALSE
        if self.use_exclusion_list:
            blacklisted = Domain("is_blacklisted", "=", True)
        goes = contacts & addressed & ~blacklisted
        count = self.env["res.partner"].search_count
        [[reached, with_address]] = self.env["res.partner"]._read_group(
            goes, [], ["email_normalized:count_distinct", "__count"]
        )
        in_archive = self.env["res.partner"].with_context(active_test=False)
        archived = contacts & Domain("active", "=", False)
        reached, shared, unaddressed, listed, gone = (
            number and formatLang(self.env, number, digits=0)
            for number in (
                reached,
                with_address - reached,
                count(contacts & ~addressed),
                count(contacts & addressed & blacklisted),
                in_archive.search_count(archived),
            )
        )
        note = self.env._("Contacts who get it: %s.", reached)
        left_out = (
            shared and self._profiling_shared_note(goes, shared),
            unaddressed and self.env._("%s without an address", unaddressed),
            listed and self.env._("%s blacklisted", listed),
            gone and self.env._("%s archived", gone),
        )
        if others := ", ".join(filter(None, left_out)):
            note += " " + self.env._("Left out: %s.", others)
        return note

    def _profiling_shared_note(self, contacts, count):
        """Return how many contacts have the address of another, and which ones."""
        groups = self.env["res.partner"]._read_group(
            contacts,
            ["email_normalized"],
            having=[("__count", ">", 1)],
            order="__count desc, email_normalized",
            limit=_NAMED + 1,
        )
        names = [email for (email,) in groups]
        return self.env._(
            "%(count)s with the address of another one (%(addresses)s)",
            count=count,
            addresses=", ".join(names[:_NAMED]) + ("…" if names[_NAMED:] else ""),
        )
