from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ...groups import SALESMAN
from ...names import VERSION, key

# Contacts whose keys are written in one statement
_BATCH = 10_000

_PARAMETER = "crm_profiling.name_key"


class ResPartner(models.Model):
    """How a contact is called, in the one way that names are compared.

    SQL never compares names: it compares these keys, which Python computes.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    profiling_name_key = fields.Char(
        string="Name as compared",
        compute="_compute_profiling_name_key",
        store=True,
        index="btree_not_null",
        copy=False,
        sealed=True,
        groups=SALESMAN,
        export_string_translation=False,
    )

    @api.depends("name")
    def _compute_profiling_name_key(self):
        for partner in self:
            partner.profiling_name_key = key(partner.name) or False

    def _auto_init(self):
        """Fill the column before Odoo would, which computes it contact by contact."""
        if not column_exists(self.env.cr, self._table, "profiling_name_key"):
            create_column(self.env.cr, self._table, "profiling_name_key", "varchar")
            self._profiling_fill_name_keys()
        return super()._auto_init()

    def init(self):
        """Make the keys anew where the way of comparing has changed."""
        result = super().init()
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param(_PARAMETER) != str(VERSION):
            if parameters.get_param(_PARAMETER):
                self._profiling_fill_name_keys()
            parameters.set_param(_PARAMETER, VERSION)
            # so that it goes when the addon goes
            xmlid = {
                "xml_id": "crm_profiling.config_parameter_name_key",
                "record": parameters.search([("key", "=", _PARAMETER)]),
                "noupdate": True,
            }
            self.env["ir.model.data"].sudo()._update_xmlids([xmlid])
        return result

    @api.model
    def _profiling_fill_name_keys(self):
        """Write the keys of all contacts whose key is another, in batches."""
        last = 0
        while rows := self._profiling_names_after(last):
            last = rows[-1][0]
            changed = [(id_, key(name)) for id_, name, old in rows if key(name) != old]
            if changed:
                self.env.cr.execute(
                    SQL(
                        """UPDATE res_partner SET profiling_name_key = row.key
                             FROM unnest(%s::int[], %s::varchar[]) AS row (id, key)
                            WHERE res_partner.id = row.id""",
                        *map(list, zip(*changed, strict=True)),
                    )
                )
        self.invalidate_model(["profiling_name_key"], flush=False)

    @api.model
    def _profiling_names_after(self, last):
        self.env.cr.execute(
            SQL(
                """SELECT id, name, profiling_name_key FROM res_partner
                    WHERE id > %s AND name IS NOT NULL ORDER BY id LIMIT %s""",
                last,
                _BATCH,
            )
        )
        return self.env.cr.fetchall()
