from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...prospects import Words, bare, letter, parts, word

# Lines that are enough to tell what a column is
SAMPLE = 100

# Tags to choose from for a value that is not known; who has more creates or finds them
_MAX_OPTIONS = 300

# What a column can be, beside a question: the field of the contact whose label names
# it as well, and names it has in the files of fairs, without blanks and dashes.
# fmt: off
TARGETS = {
    "id": (None, "contactid"),
    "name": (
        "name", "contact", "contactname", "fullname", "person", "prospect", "visitor",
        "attendee", "nom", "nomcomplet", "vollständigername", "ansprechpartner",
        "nombre", "nombrecompleto", "nome", "nomecompleto", "naam", "фио", "имя",
        "контакт",
    ),
    "first_name": (
        None, "firstname", "givenname", "forename", "prénom", "vorname",
        "nombredepila", "voornaam", "primeironome",
    ),
    "last_name": (
        None, "lastname", "surname", "familyname", "nomdefamille", "nachname",
        "familienname", "apellido", "apellidos", "cognome", "achternaam", "sobrenome",
        "фамилия",
    ),
    "company": (
        "parent_id", "company", "companyname", "organisation", "organization",
        "employer", "account", "firm", "société", "entreprise", "firma",
        "unternehmen", "empresa", "compañía", "azienda", "società", "bedrijf",
        "компания", "организация", "фирма",
    ),
    "email": (
        "email", "mail", "emailaddress", "mailaddress", "courriel", "adressemail",
        "emailadresse", "correo", "correoelectrónico", "почта", "электроннаяпочта",
        "элпочта", "адресэлектроннойпочты",
    ),
    "phone": (
        "phone", "tel", "telephone", "phonenumber", "telephonenumber", "businessphone",
        "téléphone", "tél", "telefon", "telefonnummer", "teléfono", "telefono",
        "telefoon", "телефон", "тел",
    ),
    "mobile": (
        None, "mobile", "mobilephone", "cell", "cellphone", "portable", "handy",
        "mobil", "móvil", "cellulare", "mobiel", "мобильный", "мобильныйтелефон",
    ),
    "function": (
        "function", "jobtitle", "jobposition", "position", "job", "role", "fonction",
        "poste", "stelle", "cargo", "puesto", "ruolo", "functie", "должность",
    ),
    "street": (
        "street", "address", "address1", "addressline1", "street1", "rue", "adresse",
        "straße", "strasse", "calle", "dirección", "via", "indirizzo", "straat",
        "adres", "улица", "адрес",
    ),
    "street2": ("street2", "address2", "addressline2", "complémentdadresse"),
    "zip": (
        "zip", "zipcode", "postcode", "postalcode", "codepostal", "cp", "plz",
        "postleitzahl", "códigopostal", "cap", "индекс", "почтовыйиндекс",
    ),
    "city": (
        "city", "town", "ville", "stadt", "ort", "ciudad", "città", "cidade", "plaats",
        "stad", "город",
    ),
    "state": (
        "state_id", "state", "province", "region", "county", "bundesland", "provincia",
        "estado", "provincie", "область", "регион",
    ),
    "country": (
        "country_id", "country", "pays", "land", "país", "paese", "страна",
    ),
    "website": (
        "website", "web", "url", "homepage", "site", "siteweb", "webseite", "sitioweb",
        "sitoweb", "сайт", "вебсайт",
    ),
    "lang": (
        "lang", "language", "langue", "sprache", "idioma", "lingua", "taal", "язык",
    ),
    "tags": (
        "category_id", "tags", "tag", "categories", "category", "étiquettes",
        "kategorien", "etiquetas", "метки", "теги",
    ),
    "ref": ("ref", "reference", "référence", "referenz", "referencia", "артикул"),
    "comment": (
        "comment", "notes", "note", "comments", "remarks", "remarques", "notizen",
        "bemerkung", "notas", "заметки", "комментарий", "примечание",
    ),
}
# fmt: on


def _words_in(name):
    """Return the words of a name, without what is between them."""
    return [found for found in map(bare, name.split()) if found]


def _plain(name):
    return " ".join(_words_in(name))


def _has_words(heading, name):
    """Whether a heading has the words of a name that say what it is about."""
    said, words = _words_in(heading), _words_in(name)
    wanted = [found for found in words if len(found) > 3] or words
    return all(any(w.startswith(want) for w in said) for want in wanted)


class CrmProfilingImportColumns(models.AbstractModel):
    """Tells what the columns of a file are, by their headings in any language."""

    _name = "crm.profiling.import.columns"
    _description = "Profiling Import Columns"

    @api.model
    def _labels(self):
        """Return ``{target: heading}`` in the user's language, in a file's order."""
        return {
            "name": self.env._("Full name"),
            "first_name": self.env._("First name"),
            "last_name": self.env._("Last name"),
            "company": self.env._("Company"),
            "email": self.env._("E-mail"),
            "phone": self.env._("Phone"),
            "mobile": self.env._("Mobile, where there is no phone"),
            "function": self.env._("Job position"),
            "street": self.env._("Street"),
            "street2": self.env._("Street 2"),
            "zip": self.env._("ZIP"),
            "city": self.env._("City"),
            "state": self.env._("State or region"),
            "country": self.env._("Country"),
            "website": self.env._("Website"),
            "lang": self.env._("Language"),
            "tags": self.env._("Tags"),
            "ref": self.env._("Reference"),
            "comment": self.env._("Notes"),
            "id": self.env._("Contact ID"),
        }

    @api.model
    def _example_name(self):
        """Return the name in the example line of the template."""
        return self.env._("Example: write over this line")

    @api.model
    def _example_names(self):
        return {
            word(self.with_context(lang=lang)._example_name())
            for lang, _name in self.env["res.lang"].get_installed()
        }

    @api.model
    def _reason_label(self):
        return self.env._("Why it was left out")

    @api.model
    def _warning_label(self):
        return self.env._("Imported in part")

    @api.model
    def _suggest(self, headings, lines=()):
        """Return a target for each heading: a field, ``question:ID`` or "".

        :param lines: as of `Sheet`
        """
        finders = self._finders()
        taken, found = set(), []
        for heading in headings:
            candidates = [
                things[0] for find in finders if len(things := find(heading)) == 1
            ]
            # A field and a question of one name: first the one, then the other. What
            # is there twice stays so, to be seen and told.
            target = next((t for t in candidates if t not in taken), None)
            target = target or (candidates[0] if candidates else "")
            taken.add(target)
            found.append(target)
        for index, question in self._find_around(headings, lines, found):
            found[index] = question
        return ["" if target == "reason" else target for target in found]

    @api.model
    def _find_around(self, headings, lines, found):
        """Return ``[(index, question)]`` for headings that say more than a question.

        As “Are they journalists?” does for “Journalist?”: the only heading with the
        words of just that question, above cells that are answers to it.
        """
        names = [
            (f"question:{question.id}", name)
            for question, name, _rank in self._names(self._questions())
        ]
        wanted = defaultdict(list)
        for index, heading in enumerate(headings):
            meant = {q for q, name in names if _has_words(heading, name)}
            if not found[index] and len(meant) == 1 and not meant & set(found):
                wanted[meant.pop()].append(index)
        return [
            (indices[0], question)
            for question, indices in wanted.items()
            if len(indices) == 1 and self._has_answers(question, indices[0], lines)
        ]

    @api.model
    def _has_answers(self, target, index, lines):
        cells = {line[index + 1] for line in lines[:SAMPLE]}
        words = self._values(target)
        return any(words.find(part) for cell in cells for part in parts(cell))

    @api.model
    def _finders(self):
        """Return what finds targets by a heading, the surest first."""
        fields, questions = self._field_words(word), self._question_words(word)
        return (
            fields.find,
            questions.find,
            self._field_words(bare).find,
            self._question_words(bare).find,
            self._find_part,
        )

    @api.model
    def _find_part(self, heading):
        """Return the questions that have the words of a heading in their names."""
        words = f" {_plain(heading)} "
        if len(words) < 6:
            return []
        return list(
            dict.fromkeys(
                f"question:{question.id}"
                for question, name, _rank in self._names(self._questions())
                if words in f" {_plain(name)} "
            )
        )

    @api.model
    def _field_words(self, compare):
        words = Words(compare)
        for lang, _name in self.env["res.lang"].get_installed():
            columns = self.with_context(lang=lang)
            for target, label in columns._labels().items():
                words.add(label, target)
            words.add(columns._reason_label(), "reason")
            words.add(columns._warning_label(), "reason")
        for target, (field_name, *synonyms) in TARGETS.items():
            for name in (target, field_name, *synonyms):
                words.add(name, target, rank=1)
        fields = {field: target for target, (field, *_s) in TARGETS.items() if field}
        for name, labels in self.env.execute_query(
            SQL(
                """SELECT name, field_description FROM ir_model_fields
                    WHERE model = 'res.partner' AND name = ANY(%s)""",
                list(fields),
            )
        ):
            for label in labels.values():
                words.add(label, fields[name], rank=1)
        return words

    @api.model
    def _question_words(self, compare):
        words = Words(compare)
        for record, name, rank in self._names(self._questions()):
            words.add(name, f"question:{record.id}", rank)
        return words

    # ------------------------------------------------------------------
    # Questions, and what the names of things are
    # ------------------------------------------------------------------

    @api.model
    def _questions(self):
        """Return the questions that the user's companies ask."""
        return self.env["crm.profiling.question"].search(
            [("company_id", "in", [False, *self.env.companies.ids])]
        )

    @api.model
    def _names(self, records):
        """Yield ``(record, name, rank)`` in all languages, the user's first.

        Things archived come last: another may have got their name.
        """
        records.flush_recordset(["name"])
        lang = self.env.lang or "en_US"
        active = "active" in records._fields
        rows = self.env.execute_query(
            SQL(
                "SELECT id, name, %s FROM %s WHERE id = ANY(%s) ORDER BY id",
                SQL.identifier("active") if active else SQL("TRUE"),
                SQL.identifier(records._table),
                records.ids,
            )
        )
        for id_, names, is_active in rows:
            names = names if isinstance(names, dict) else {"en_US": names}
            for code, name in names.items():
                rank = 0 if code == lang else 1 if code == "en_US" else 2
                if code == "en_US" and lang not in names:
                    rank = 0
                yield records.browse(id_), name, rank + (0 if is_active else 3)

    @api.model
    def _words(self, records, compare=word):
        words = Words(compare)
        for record, name, rank in self._names(records):
            words.add(name, record.id, rank)
        return words

    @api.model
    def _values(self, target):
        """Return the `Words` for the values of a column; None for free text."""
        if target.startswith("question:"):
            answers = self.env["crm.profiling.answer"].with_context(active_test=False)
            return self._words(
                answers.search([("question_id", "=", int(target.split(":")[1]))])
            )
        if target == "tags":
            tags = self.env["res.partner.category"].search(Domain.TRUE)
            words = self._words(tags)
            for tag in tags:
                words.add(tag.display_name, tag.id)
            return words
        if target == "country":
            countries = self.env["res.country"].search(Domain.TRUE)
            words = self._words(countries, bare)
            for country in countries:
                words.add(country.code, country.id, rank=9)
            return words
        if target == "state":
            states = self.env["res.country.state"].search(Domain.TRUE)
            words = self._words(states, bare)
            for state in states:
                words.add(state.code, state.id, rank=9)
            return words
        if target == "lang":
            words = Words(bare)
            for lang in self.env["res.lang"].search([("active", "=", True)]):
                for name in (lang.name, lang.name.split("(")[0], lang.iso_code):
                    words.add(name, lang.code, rank=1)
                words.add(lang.code, lang.code)
                words.add(lang.code.split("_")[0], lang.code, rank=1)
            return words
        return None

    @api.model
    def _options(self, target):
        """Return the records that a value which is not known may be taken for."""
        if target.startswith("question:"):
            question_id = int(target.split(":")[1])
            answers = self.env["crm.profiling.answer"].search(
                [("question_id", "=", question_id)]
            )
            return answers.with_context(crm_profiling_hide_question=True)
        if target == "country":
            return self.env["res.country"].search(Domain.TRUE)
        tags = self.env["res.partner.category"]
        if target == "tags" and tags.search_count([], limit=_MAX_OPTIONS + 1) <= (
            _MAX_OPTIONS
        ):
            return tags.search(Domain.TRUE)
        return tags

    @api.model
    def _tag_names(self, tags):
        """Return ``{tag: name}``, with those above it where others have that name."""
        words = self._values("tags")
        return {
            tag: tag.name if len(words.find(tag.name)) == 1 else tag.display_name
            for tag in tags
        }

    @api.model
    def _place(self, index, heading):
        """Return how messages name a column."""
        if heading:
            return f"“{heading}” ({letter(index)})"
        return letter(index)
