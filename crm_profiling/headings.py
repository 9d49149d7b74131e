"""What the headings of a file of prospects name; nothing here knows Odoo.

Names are without blanks, dashes and the like, as `prospects.bare` gives them.
"""

import re

from .names import key
from .prospects import bare

# What a column can be, beside a question: the field of the contact whose label names
# it as well, and the names it has in the files of fairs, and of the programs that
# people export contacts from: Salesforce, HubSpot, Google, Outlook, LinkedIn, Zoho,
# Eventbrite, badge scanners.
# fmt: off
TARGETS = {
    "id": (None, "contactid"),
    "name": (
        "name", "contact", "contactname", "fullname", "person", "prospect", "visitor",
        "attendee", "attendeename", "leadname", "displayname", "visitorname",
        "participant", "participantname", "guest", "guestname", "nom", "nomcomplet",
        "participants", "vollständigername", "ansprechpartner", "kontakt",
        "teilnehmer", "besucher", "kontaktname", "nombre", "nombrecompleto",
        "contacto", "nome", "nomecompleto", "contatto", "naam", "volledigenaam",
        "contactpersoon", "фио", "имя", "контакт", "полноеимя", "участник",
        "imięinazwisko", "adsoyad", "jméno", "yourname", "ihrname", "votrenom",
        "tunombre", "вашеимя",
    ),
    "first_name": (
        None, "firstname", "givenname", "forename", "attendeefirstname",
        "buyerfirstname", "contactfirstname", "leadfirstname", "first", "prénom",
        "vorname", "nombredepila", "nombres", "voornaam", "primeironome", "имени",
        "imię", "křestníjméno", "förnamn", "fornavn", "keresztnév", "isim",
    ),
    "middle_name": (
        None, "middlename", "middlenames", "additionalname", "secondname", "patronymic",
        "отчество", "weiterevornamen", "zweitervorname", "deuxièmeprénom",
        "segundonombre", "secondonome", "tweedenaam", "drugieimię", "tussenvoegsel",
    ),
    "last_name": (
        None, "lastname", "surname", "familyname", "attendeelastname",
        "attendeesurname", "buyerlastname", "buyersurname", "contactlastname",
        "leadlastname", "last", "nomdefamille", "nachname", "familienname", "zuname",
        "apellido", "apellidos", "cognome", "achternaam", "sobrenome", "фамилия",
        "nazwisko", "příjmení", "efternamn", "efternavn", "etternavn", "vezetéknév",
        "soyisim", "soyad",
    ),
    "company": (
        "parent_id", "company", "companyname", "organisation", "organization",
        "organisationname", "organizationname", "organization1name",
        "organisation1name", "employer", "account", "accountname", "companyaccount",
        "firm", "associatedcompany", "primaryassociatedcompany", "companyorganization",
        "companyorganisation", "business", "businessname", "société", "entreprise",
        "organisme", "nomdelasociété", "nomdelentreprise", "raisonsociale", "firma",
        "firmenname", "unternehmen", "unternehmensname", "arbeitgeber", "empresa",
        "compañía", "organización", "nombredelaempresa", "azienda", "società",
        "ragionesociale", "bedrijf", "bedrijfsnaam", "organisatie", "компания",
        "организация", "фирма", "предприятие", "nazwafirmy", "företag", "virksomhed",
        "cég", "şirket", "name1",
    ),
    "email": (
        "email", "mail", "emailaddress", "mailaddress", "email1value", "emailvalue",
        "email1address", "primaryemail", "workemail", "businessemail",
        "contactemail", "attendeeemail", "buyeremail", "emailid", "courriel",
        "adressemail", "adresseemail", "adressedemessagerie", "emailadresse",
        "mailadresse", "emailgeschäftlich", "correo", "correoelectrónico",
        "direccióndecorreoelectrónico", "indirizzoemail", "indirizzodipostaelettronica",
        "emailadres", "endereçodeemail", "почта", "электроннаяпочта", "элпочта",
        "адресэлектроннойпочты", "имейл", "epost", "epostadresse", "sähköposti",
        "eposta", "youremail", "youremailaddress", "ihreemail", "ihreemailadresse",
        "votreemail", "вашemail", "вашапочта",
    ),
    "phone": (
        "phone", "tel", "telephone", "phonenumber", "telephonenumber", "businessphone",
        "workphone", "phone1value", "phonevalue", "primaryphone", "companyphone",
        "officephone", "directphone", "phonework", "téléphone", "tél", "notéléphone",
        "téléphonebureau", "numérodetéléphone", "telefon", "telefonnummer",
        "telefonnr", "telefon1", "phone1", "telefongeschäftlich", "rufnummer",
        "teléfono", "telefono",
        "númerodeteléfono", "teléfonodeltrabajo", "telefone", "telefoon",
        "telefoonnummer", "телефон", "тел", "рабочийтелефон", "номертелефона",
        "numertelefonu", "puhelin",
    ),
    "mobile": (
        None, "mobile", "mobilephone", "mobilephonenumber", "mobilenumber", "cell",
        "cellphone", "mobileno", "portable", "téléphoneportable", "télmobile",
        "téléphonemobile", "handy", "handynummer", "mobil", "mobiltelefon",
        "mobilnummer", "móvil", "teléfonomóvil", "celular", "cellulare", "telemóvel",
        "mobiel", "mobielnummer", "мобильный", "мобильныйтелефон", "komórka",
        "telefonkomórkowy",
    ),
    "function": (
        "function", "jobtitle", "jobposition", "position", "job", "role", "title",
        "designation", "jobfunction", "jobrole", "organizationtitle",
        "organization1title", "contacttitle", "occupation", "fonction", "poste",
        "intituléduposte", "titre", "stelle", "stellenbezeichnung", "berufsbezeichnung",
        "funktion", "cargo", "puesto", "ruolo", "qualifica", "mansione", "functie",
        "functietitel", "должность", "stanowisko", "befattning", "beosztás",
    ),
    "street": (
        "street", "address", "address1", "addressline1", "street1", "streetaddress",
        "businessstreet", "mailingstreet", "mailingaddressline1", "billingstreet",
        "address1street", "workaddress", "workaddress1", "postaladdress", "rue",
        "adresse", "adresse1", "ruebureau", "straße", "strasse", "anschrift",
        "straßeundhausnummer", "straßegeschäftlich", "calle", "dirección",
        "domicilio", "via", "indirizzo", "endereço", "straat", "adres",
        "straatennummer", "улица", "адрес", "ulica",
    ),
    "street2": (
        "street2", "address2", "addressline2", "businessstreet2",
        "mailingaddressline2", "complémentdadresse", "adresse2", "adresszusatz",
    ),
    "zip": (
        "zip", "zipcode", "postcode", "postalcode", "zippostalcode", "zippostcode",
        "postalzipcode", "businesspostalcode", "mailingzip", "mailingpostalcode",
        "mailingzippostalcode", "billingzip", "address1postalcode", "workzip",
        "codepostal", "codepostalbureau", "cp", "plz", "postleitzahl",
        "postleitzahlgeschäftlich", "códigopostal", "cap", "cep", "индекс",
        "почтовыйиндекс", "kodpocztowy", "psč", "postnummer", "irányítószám",
    ),
    "city": (
        "city", "town", "towncity", "citytown", "businesscity", "mailingcity",
        "billingcity", "address1city", "workcity", "ville", "villebureau", "stadt",
        "ort", "ortgeschäftlich", "wohnort", "ciudad", "población", "localidad",
        "città", "località", "cidade", "plaats", "stad", "woonplaats", "город",
        "miasto", "miejscowość", "město", "şehir", "város",
    ),
    "state": (
        "state_id", "state", "province", "region", "county", "stateprovince",
        "stateregion", "businessstate", "mailingstate", "mailingstateprovince",
        "billingstate", "address1region", "workstate", "bundesland",
        "regiongeschäftlich", "provincia", "estado", "provincie", "département",
        "область", "регион", "województwo",
    ),
    "country": (
        "country_id", "country", "countryregion", "businesscountry",
        "businesscountryregion", "mailingcountry", "billingcountry", "address1country",
        "workcountry", "pays", "paysbureau", "paysrégion", "land", "landregion",
        "landregiongeschäftlich", "país", "paese", "nazione", "страна", "kraj",
        "země", "ülke", "ország",
    ),
    "website": (
        "website", "web", "homepage", "site", "websiteurl", "webpage", "websiteaddress",
        "website1value", "companywebsite", "companyurl", "companydomainname",
        "siteweb", "siteinternet", "pageweb", "webseite", "internet", "internetseite",
        "sitioweb", "páginaweb", "sitoweb", "сайт", "вебсайт", "stronawww",
    ),
    "lang": (
        "lang", "language", "preferredlanguage", "langue", "sprache", "idioma",
        "lingua", "taal", "язык", "język",
    ),
    "tags": (
        "category_id", "tags", "tag", "categories", "category", "labels",
        "étiquettes", "catégories", "kategorien", "etiquetas", "categorías",
        "метки", "теги",
    ),
    "ref": (
        "ref", "reference", "customerreference", "référence", "referenz", "referencia",
        "артикул", "kundennummer", "kundennr", "debitorennummer", "customernumber",
        "customerno", "numéroclient", "номерклиента",
    ),
    "comment": (
        "comment", "notes", "note", "comments", "remarks", "remark", "description",
        "leadnotes", "remarques", "commentaire", "commentaires", "notizen",
        "bemerkung", "bemerkungen", "anmerkungen", "kommentar", "notas",
        "observaciones", "comentarios", "osservazioni", "opmerkingen", "notities",
        "заметки", "комментарий", "комментарии", "примечание", "примечания", "uwagi",
        "poznámka", "poznámky", "notatki", "megjegyzés", "megjegyzések", "notat",
        "notater", "anteckning", "anteckningar", "huomautus", "notlar", "note1",
    ),
}
# fmt: on

# When the prospects of a file were asked
WHEN = {
    bare(name)
    for name in (
        "Date", "Asked on", "Date asked", "Scan time", "Scan date", "Scanned at",
        "Scanned on", "Scan date time", "Timestamp", "Submitted at", "Submission date",
        "Submitted on", "Date submitted", "Completed at", "Date of contact",
        "Contact date", "Visit date", "Capture date", "Captured at", "Captured on",
        "Lead date", "Datestamp", "Datum", "Zeitstempel", "Erfasst am", "Datum Kontakt",
        "Horodateur", "Date de contact", "Date du scan", "Fecha", "Marca temporal",
        "Data", "Informazioni cronologiche", "Дата", "Отметка времени",
        "Дата контакта", "Data kontaktu",
    )
}  # fmt: skip

_NUMBER_SIGN = re.compile(r"(#|№|n[º°])\s*[*?]?$|^\s*(#|№)", re.IGNORECASE)
_NUMBER_WORDS = {
    "no", "nr", "num", "number", "numbers", "numéro", "nummer", "número", "numero",
    "номер", "numer", "id", "ids", "identifier", "barcode", "uuid", "guid", "qr",
    "count", "nro", "číslo",
}  # fmt: skip
# What ends in one of them where the language writes words in one
_NUMBER_ENDING = re.compile(r"(nummer|number|nr|numero|номер)$")

# When nobody was asked
_BIRTH = re.compile(r"birth|born|geb|naissance|nacimiento|nascita|рожд|urodz|naroz")

# Fields that may well be numbers
_NUMBERS = {"phone", "mobile", "ref", "zip", "id", "street", "street2"}

_OPTION = re.compile(r"(?P<question>.+?)\s*[\[{](?P<answer>[^\[\]{}]+)[\]}]\s*\??")


def says_number(heading):
    """Whether a heading names a number, whatever word stands before it."""
    if _NUMBER_SIGN.search(heading):
        return True
    words = re.findall(r"\w+", key(heading))
    if not words:
        return False
    ends = {words[0], words[-1]}
    return bool(_NUMBER_WORDS & ends) or bool(_NUMBER_ENDING.search(words[-1]))


def says_birth(heading):
    """Whether a heading speaks of when somebody was born."""
    return bool(_BIRTH.search(key(heading)))


def without_number(heading):
    """Return a heading without what says that it is a number."""
    words = re.findall(r"\w+", key(heading))
    return " ".join(one for one in words if one not in _NUMBER_WORDS)


def may_be(heading, target):
    """Whether a heading that is like the name of a field can mean it."""
    return target in _NUMBERS or not says_number(heading)


def option(heading):
    """Return ``(question, answer)`` of a heading like “Interests [Training]”.

    So survey programs write a question of several answers: a column for each.
    None for other headings.
    """
    # of a run of blanks the expression would try each part
    found = _OPTION.fullmatch(" ".join(heading.split()))
    return (found["question"], found["answer"]) if found else None
