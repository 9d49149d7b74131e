from odoo import api, models

from ...headings import WHEN, says_birth
from ...moments import moment
from ...names import bare
from ...placeholders import says_nothing
from .crm_profiling_import_columns import SAMPLE

# Forms of address, which a column “Title” may hold
_ADDRESSED = set(
    map(bare, ("Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Herr", "Frau", "M", "Mme",
               "Mlle", "Sr", "Sra", "Sig", "Sig.ra", "Dhr", "Mevr", "Г-н", "Г-жа"))
)  # fmt: skip


def _is_written_moment(cell):
    """Whether a cell is a moment, and not a number that might be one."""
    return not cell.isdecimal() and bool(moment(cell))


class CrmProfilingImportColumns(models.AbstractModel):
    """Tells what columns are by what is in their cells, where headings do not."""

    _inherit = "crm.profiling.import.columns"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _look_at_cells(self, found, lines):
        """Correct targets by what is in the columns; an empty twin steps back."""
        samples = [self._sample(lines, index) for index in range(len(found))]
        for index, target in enumerate(found):
            sample = samples[index]
            is_twin = target and found.count(target) > 1
            if (
                is_twin
                and not sample
                and any(
                    samples[other]
                    for other, theirs in enumerate(found)
                    if theirs == target
                )
            ):
                found[index] = ""
            elif target == "function" and sample and sample <= _ADDRESSED:
                found[index] = ""
            elif target == "is_company" and not self._tells_companies(sample):
                found[index] = ""  # of which kind companies are, perhaps
            elif target == "id" and not all(cell.isdecimal() for cell in sample):
                found[index] = ""  # of another program
        for part, other in (("first_name", "last_name"), ("last_name", "first_name")):
            if "name" in found and part in found and other not in found:
                self._look_at_name(found, lines, part, other)

    @api.model
    def _tells_companies(self, sample):
        words = self.env["crm.profiling.import.values"]._values("is_company")
        return all(map(words.find, sample))

    @api.model
    def _look_at_name(self, found, lines, part, other):
        """Take a column “Name” for the other half of a name that stands beside it.

        As “Nom” and “Prénom”, “Name” and “Vorname”, “Имя” and “Фамилия”, “Nombre” and
        “Apellidos” have it; not where it holds that half as well.
        """
        half, name = found.index(part), found.index("name")
        halves, names = (self._cells(lines, index) for index in (half, name))
        if not any(
            cell and cell in whole for cell, whole in zip(halves, names, strict=True)
        ):
            found[name] = other

    @api.model
    def _cells(self, lines, index):
        cells = (line[index + 1] for line in lines[:SAMPLE])
        return ["" if says_nothing(cell, True) else bare(cell) for cell in cells]

    @api.model
    def _sample(self, lines, index):
        return set(self._cells(lines, index)) - {""}

    @api.model
    def _when(self, headings, lines):
        """Return the columns that may say when prospects were asked.

        Those that are called so, and after them those that hold nothing but moments.
        """
        called, others = [], []
        for index, heading in enumerate(headings):
            cells = [line[index + 1] for line in lines[:SAMPLE]]
            if bare(heading) in WHEN:
                called += [index] if any(map(moment, cells)) else []
            elif not says_birth(heading):
                said = [cell for cell in cells if not says_nothing(cell)]
                if said and all(map(_is_written_moment, said)):
                    others.append(index)
        return called + others
