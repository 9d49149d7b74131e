"""What the headings of a file of prospects name; nothing here knows Odoo.

Names are without blanks, dashes and the like, as `names.bare` gives them.
"""

import re
import unicodedata

from .names import bare, key

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
        "tunombre", "вашеимя", "contactperson", "імя",
        "név", "nume", "namn", "navn", "nimi", "όνομα", "ονοματεπώνυμο", "adisoyadi",
        "prénometnom", "nometprénom", "vorundnachname", "fn", "氏名", "お名前", "名前",
        "姓名", "이름", "성명",
        "whatisyourname", "wieheißensie", "commentvousappelezvous", "каквасзовут",
    ),
    "first_name": (
        None, "firstname", "givenname", "forename", "attendeefirstname",
        "buyerfirstname", "contactfirstname", "leadfirstname", "first", "prénom",
        "vorname", "nombredepila", "nombres", "voornaam", "primeironome", "имени",
        "imię", "křestníjméno", "förnamn", "fornavn", "keresztnév", "isim",
        "ad", "adi", "prenume", "meno", "etunimi", "名",
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
        "soyadi", "επώνυμο", "priezvisko", "sukunimi", "прізвище", "apelido", "姓",
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
        "cégnév", "şirketadi", "firmaadi", "εταιρεία", "εταιρία", "firma1", "company1",
        "société1", "org", "společnost", "spoločnosť", "yritys", "компанія",
        "організація", "会社名", "会社", "企業名", "法人名", "公司", "公司名称", "单位",
        "회사", "회사명",
    ),
    "is_company": (
        "is_company", "isacompany", "companytype", "companyorperson", "personorcompany",
        "istunternehmen", "esunaempresa", "estunesociété",
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
        "emailwork", "workemailaddress", "emailbüro", "emailinternet",
        "emailtypeinternet", "emailprofessionnel", "mailpro", "emailpro", "メール",
        "メールアドレス", "邮箱", "电子邮件", "电子邮箱", "이메일",
        "адресэлпочты", "электронныйадрес",
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
        "télfixe", "téléphonefixe", "fixe", "festnetz", "telefonbüro", "telwork",
        "teltypework", "telefonszám", "puhelinnumero", "τηλέφωνο", "iştelefonu",
        "sabittelefon", "telefonnumarasi", "电话", "座机", "電話番号", "電話",
        "tel会社", "전화", "전화번호",
    ),
    "mobile": (
        None, "mobile", "mobilephone", "mobilephonenumber", "mobilenumber", "cell",
        "cellphone", "mobileno", "portable", "téléphoneportable", "télmobile",
        "téléphonemobile", "handy", "handynummer", "mobil", "mobiltelefon",
        "mobilnummer", "móvil", "teléfonomóvil", "celular", "cellulare", "telemóvel",
        "mobiel", "mobielnummer", "мобильный", "мобильныйтелефон", "komórka",
        "telefonkomórkowy",
        "phonemobile", "telefonmobil", "télportable", "telcell", "teltypecell", "gsm",
        "κινητό", "ceptelefonu", "matkapuhelin", "携帯電話", "携帯", "手机",
        "手机号", "手机号码", "휴대폰",
        "телефонпереносной", "сотовыйтелефон", "сотовый",
    ),
    "function": (
        "function", "jobtitle", "jobposition", "position", "job", "role", "title",
        "designation", "jobfunction", "jobrole", "organizationtitle",
        "organization1title", "contacttitle", "occupation", "fonction", "poste",
        "intituléduposte", "titre", "stelle", "stellenbezeichnung", "berufsbezeichnung",
        "funktion", "cargo", "puesto", "ruolo", "qualifica", "mansione", "functie",
        "functietitel", "должность", "stanowisko", "befattning", "beosztás",
        "θέση", "unvan", "ünvan", "görevi", "посада", "pozice", "funkce", "役職",
        "职位", "职务", "직책", "직위",
    ),
    "street": (
        "street", "address", "address1", "addressline1", "street1", "streetaddress",
        "businessstreet", "mailingstreet", "mailingaddressline1", "billingstreet",
        "address1street", "workaddress", "workaddress1", "postaladdress", "rue",
        "adresse", "adresse1", "ruebureau", "straße", "strasse", "anschrift",
        "straßeundhausnummer", "straßegeschäftlich", "calle", "dirección",
        "domicilio", "via", "indirizzo", "endereço", "straat", "adres",
        "straatennummer", "улица", "адрес", "ulica",
        "address1street1", "διεύθυνση", "住所", "地址", "주소",
        "улицарабадрес",
    ),
    "street2": (
        "street2", "address2", "addressline2", "businessstreet2",
        "mailingaddressline2", "complémentdadresse", "adresse2", "adresszusatz",
        "address1street2", "workaddress2",
    ),
    "zip": (
        "zip", "zipcode", "postcode", "postalcode", "zippostalcode", "zippostcode",
        "postalzipcode", "businesspostalcode", "mailingzip", "mailingpostalcode",
        "mailingzippostalcode", "billingzip", "address1postalcode", "workzip",
        "codepostal", "codepostalbureau", "cp", "plz", "postleitzahl",
        "postleitzahlgeschäftlich", "códigopostal", "cap", "cep", "индекс",
        "почтовыйиндекс", "kodpocztowy", "psč", "postnummer", "irányítószám",
        "address1zippostalcode", "τκ", "postakodu", "postinumero", "郵便番号", "邮编",
        "邮政编码", "우편번호", "индексрабадрес",
    ),
    "city": (
        "city", "town", "towncity", "citytown", "businesscity", "mailingcity",
        "billingcity", "address1city", "workcity", "ville", "villebureau", "stadt",
        "ort", "ortgeschäftlich", "wohnort", "ciudad", "población", "localidad",
        "città", "località", "cidade", "plaats", "stad", "woonplaats", "город",
        "miasto", "miejscowość", "město", "şehir", "város",
        "mesto", "πόλη", "oraş", "kaupunki", "місто", "城市", "市区町村",
        "городрабадрес",
    ),
    "state": (
        "state_id", "state", "province", "region", "county", "stateprovince",
        "stateregion", "businessstate", "mailingstate", "mailingstateprovince",
        "billingstate", "address1region", "workstate", "bundesland",
        "regiongeschäftlich", "provincia", "estado", "provincie", "département",
        "область", "регион", "województwo",
        "address1stateprovince", "都道府県", "省份", "областьрабадрес",
    ),
    "country": (
        "country_id", "country", "countryregion", "businesscountry",
        "businesscountryregion", "mailingcountry", "billingcountry", "address1country",
        "workcountry", "pays", "paysbureau", "paysrégion", "land", "landregion",
        "landregiongeschäftlich", "país", "paese", "nazione", "страна", "kraj",
        "země", "ülke", "ország",
        "address1countryregion", "krajina", "χώρα", "ţara", "maa", "країна", "国",
        "国家", "국가", "странаилирегионрабадрес", "paysrégionbureau",
    ),
    "website": (
        "website", "web", "homepage", "site", "websiteurl", "webpage", "websiteaddress",
        "website1value", "companywebsite", "companyurl", "companydomainname",
        "siteweb", "siteinternet", "pageweb", "webseite", "internet", "internetseite",
        "sitioweb", "páginaweb", "sitoweb", "сайт", "вебсайт", "stronawww",
        "网址", "网站", "ホームページ", "вебстраница",
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
        "leadnotes", "remarques", "commentaire", "commentaires", "notizen", "notiz",
        "bemerkung", "bemerkungen", "anmerkungen", "kommentar", "notas",
        "observaciones", "comentarios", "osservazioni", "opmerkingen", "notities",
        "заметки", "комментарий", "комментарии", "примечание", "примечания", "uwagi",
        "poznámka", "poznámky", "notatki", "megjegyzés", "megjegyzések", "notat",
        "σχόλια", "σημειώσεισ", "açiklama", "açiklamalar", "примітки", "备注", "メモ",
        "備考", "메모", "비고",
        "notater", "anteckning", "anteckningar", "huomautus", "notlar", "note1",
    ),
}
# fmt: on

# Of whom a heading speaks before it says what: “Person - Phone”, “Lead: Email”
_OWNER = re.compile(
    r"\s*(?:person|contact|lead|account|attendee|visitor|participant|delegate|guest"
    r"|registrant|customer|kontakt|teilnehmer|besucher|ansprechpartner|contacto"
    r"|contatto|контакт|участник)\s*[-–:./|]\s*(?=\S)",
    re.IGNORECASE,
)

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


def without_owner(heading):
    """Return a heading without the person that it speaks of."""
    return _OWNER.sub("", heading, count=1) if _OWNER.match(heading) else heading


def plain(heading):
    """Return how headings are compared with names: `bare`, and without accents.

    Databases, and people in a hurry, write “Prenom” and “Societe”.
    """
    letters = unicodedata.normalize("NFD", bare(heading))
    return "".join(char for char in letters if not unicodedata.combining(char))


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


# All that a column may be called
NAMES = frozenset(plain(name) for names in TARGETS.values() for name in names if name)
