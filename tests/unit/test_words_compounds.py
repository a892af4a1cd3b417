"""How many compounds are split as a reader would, measured on words chosen by hand."""

import pytest

from service.search.words.compounds import CompoundSplitter
from service.search.words.fold import fold_word
from service.search.words.lemma import Lemmas
from service.search.words.lexicon import Lexicon

# The thresholds of the splitter were chosen on this list.
CHOSEN_ON = """
huurachterstand huur achterstand
voedselpakket voedsel pakket
thuiszorg thuis zorg
schuldbemiddeling schuld bemiddeling
nachtopvang nacht opvang
kinderbijslag kinder bijslag
kinderopvang kinder opvang
huisarts huis arts
tandarts tand arts
ziekenhuis zieken huis
woningnood woning nood
huurwaarborg huur waarborg
energiefactuur energie factuur
elektriciteitsfactuur elektriciteit factuur
gezinshulp gezin hulp
jeugdhulp jeugd hulp
jongerenwerking jongeren werking
buurthuis buurt huis
wijkgezondheidscentrum wijk gezondheid centrum
dienstencentrum diensten centrum
ziekteverzekering ziekte verzekering
verblijfsvergunning verblijf vergunning
asielaanvraag asiel aanvraag
taalcursus taal cursus
huiswerkbegeleiding huis werk begeleiding
daklozenopvang daklozen opvang
vluchthuis vlucht huis
rouwgroep rouw groep
verslavingszorg verslaving zorg
drugshulp drugs hulp
ouderenzorg ouderen zorg
mantelzorger mantel zorger
rolstoelvervoer rolstoel vervoer
boodschappendienst boodschappen dienst
poetshulp poets hulp
kledingwinkel kleding winkel
kringwinkel kring winkel
speelgoedbank speelgoed bank
zwangerschapstest zwangerschap test
woonzorgcentrum woon zorg centrum
rechtsbijstand recht bijstand
budgetbeheer budget beheer
leefloon leef loon
werkloosheidsuitkering werkloosheid uitkering
dagcentrum dag centrum
inloophuis inloop huis
zelfmoordlijn zelfmoord lijn
psychologenpraktijk psychologen praktijk
wachtlijst wacht lijst
voedselbank voedsel bank
"""

# These words were set apart before and serve to measure alone.
HELD_OUT = """
studietoelage studie toelage
schoolkosten school kosten
waterfactuur water factuur
gasmeter gas meter
budgetmeter budget meter
huisuitzetting huis uitzetting
huurcontract huur contract
huurprijs huur prijs
echtscheiding echt scheiding
bezoekrecht bezoek recht
onderhoudsgeld onderhoud geld
gezondheidscentrum gezondheid centrum
geboortepremie geboorte premie
kraamzorg kraam zorg
borstvoeding borst voeding
crisisopvang crisis opvang
noodopvang nood opvang
winteropvang winter opvang
maaltijdbedeling maaltijd bedeling
soepbedeling soep bedeling
kledingbank kleding bank
douchebon douche bon
wasmachine was machine
computerles computer les
taalles taal les
werkervaring werk ervaring
arbeidsongeval arbeid ongeval
beroepsopleiding beroep opleiding
invaliditeitsuitkering invaliditeit uitkering
ouderschapsverlof ouderschap verlof
alcoholverslaving alcohol verslaving
gokverslaving gok verslaving
eetstoornis eet stoornis
slaapproblemen slaap probleem
vrijwilligerswerk vrijwilligers werk
familieruzie familie ruzie
burenruzie buren ruzie
gezinshereniging gezin hereniging
advocatenkosten advocaten kosten
vertrouwenspersoon vertrouwen persoon
nachtbus nacht bus
dagopvang dag opvang
hondenopvang honden opvang
ziekenvervoer zieken vervoer
hoorapparaat hoor apparaat
schuldeiser schuld eiser
spaargeld spaar geld
moedertaal moeder taal
jeugdhuis jeugd huis
speelplein speel plein
hulpverlener hulp verlener
gebarentaal gebaren taal
geneesmiddel genees middel
"""

# The German exceptions were written with this list in view.
GERMAN_CHOSEN_ON = """
Mietrückstand miete rückstand
Lebensmittelpaket lebensmittel paket
Krankenhaus kranken haus
Schuldnerberatung schuldner beratung
Kindergeld kinder geld
Krankenversicherung kranken versicherung
Notunterkunft not unterkunft
Sozialamt sozial amt
Arbeitslosengeld arbeitslosen geld
Wohngeld wohn geld
Pflegedienst pflege dienst
Frauenhaus frauen haus
Suchtberatung sucht beratung
Selbsthilfegruppe selbsthilfe gruppe
Sprachkurs sprach kurs
Aufenthaltserlaubnis aufenthalt erlaubnis
Stromrechnung strom rechnung
Hausarzt haus arzt
Zahnarzt zahn arzt
Kinderbetreuung kinder betreuung
Kleiderkammer kleider kammer
Rechtsberatung recht beratung
Hausaufgabenhilfe hausaufgaben hilfe
Obdachlosenhilfe obdachlosen hilfe
Familienzusammenführung familien zusammenführung
Energieberatung energie beratung
Schwangerschaftstest schwangerschaft test
Jugendamt jugend amt
Wohnungssuche wohnung suche
Essensausgabe essen ausgabe
"""

GERMAN_HELD_OUT = """
Mietwohnung miet wohnung
Tafelausgabe tafel ausgabe
Heizkosten heiz kosten
Pflegeheim pflege heim
Altersheim alter heim
Schulmaterial schul material
Drogenberatung drogen beratung
Sozialhilfe sozial hilfe
Nachtasyl nacht asyl
Gesundheitszentrum gesundheit zentrum
Elternabend eltern abend
Rollstuhlfahrer rollstuhl fahrer
Steuererklärung steuer erklärung
Kinderarmut kinder armut
Deutschkurs deutsch kurs
Krisentelefon krisen telefon
Behindertenausweis behinderten ausweis
Trauergruppe trauer gruppe
Wasserrechnung wasser rechnung
Geburtsurkunde geburt urkunde
"""

WHOLE = """
kinderen vrijwilliger mogelijkheid belangrijk gemeente verdriet opvang vergunning aanvraag eenzaam
eenzaamheid problemen verzekering betaling ouders werkloos zelfstandig bestaan ontslag onderwijs
gevangenis afspraak inkomen uitkering vluchteling geweld misbruik verslaafd antwerpen begeleiding
ondersteuning bemiddeling organisatie informatie psycholoog advocaat vreemdeling minderjarige
alleenstaande
"""

WHOLE_HELD_OUT = """
rekening factuur huwelijk zwanger dokter apotheek kapper mutualiteit beperking handicap depressie
administratie solidariteit cultuur brussel mechelen leuven kortrijk vertaling tolken belasting
openbaar vervoer kosteloos gratis anoniem vertrouwelijk iedereen restaurant vakantie toegankelijk
opleiding afgewezen overleden gescheiden mishandeling bewindvoerder dementie samenleving wetenschap
overlast buitenland onderdak bejaarden
"""

WHOLE_GERMAN = """
Beratung Wohnung Unterkunft Miete Schulden Kinder Krankheit Behinderung Gemeinde Versicherung Hilfe
Flüchtling Gewalt Einkommen Arbeit Ausbildung Pflege Familie Schule Gesundheit Kündigung
Unterstützung Begleitung Übersetzung Anwalt Einsamkeit Trauer Depression Verein Brüssel
Bescheinigung Verfahren Einrichtung öffentlich kostenlos anonym
"""


@pytest.fixture(scope="module")
def lexicon(lexicon_home):
    return Lexicon(lexicon_home)


@pytest.fixture(scope="module")
def splitter(lexicon):
    return CompoundSplitter(lexicon)


@pytest.fixture(scope="module")
def lemmas(lexicon):
    return Lemmas(lexicon)


def _share_right(splitter, lemmas, words, language):
    """Which share of the lines has the parts that it names; kinder and kind are one part."""
    lines = [[fold_word(word) for word in line.split()] for line in words.strip().splitlines()]

    def forms(word):
        return {word, *lemmas.lemmas(word, (language,))}

    def is_right(word, parts):
        found = splitter.split(word, language)
        return len(found) == len(parts) and all(
            forms(a) & forms(b) for a, b in zip(found, parts, strict=True)
        )

    return sum(is_right(word, parts) for word, *parts in lines) / len(lines)


def _share_whole(splitter, words, language):
    listed = [fold_word(word) for word in words.split()]
    return sum(not splitter.split(word, language) for word in listed) / len(listed)


@pytest.mark.parametrize("words", [CHOSEN_ON, HELD_OUT], ids=["chosen on", "held out"])
def test_nine_of_ten_dutch_compounds_are_split_right(splitter, lemmas, words):
    assert _share_right(splitter, lemmas, words, "nl") >= 0.9


@pytest.mark.parametrize("words", [WHOLE, WHOLE_HELD_OUT], ids=["chosen on", "held out"])
def test_nineteen_of_twenty_other_dutch_words_stay_whole(splitter, words):
    assert _share_whole(splitter, words, "nl") >= 0.95


@pytest.mark.parametrize("words", [GERMAN_CHOSEN_ON, GERMAN_HELD_OUT], ids=["chosen on", "held out"])
def test_nine_of_ten_german_compounds_are_split_right(splitter, lemmas, words):
    assert _share_right(splitter, lemmas, words, "de") >= 0.9


def test_nineteen_of_twenty_other_german_words_stay_whole(splitter):
    assert _share_whole(splitter, WHOLE_GERMAN, "de") >= 0.95


def test_part_that_is_a_compound_is_split_too(splitter):
    assert splitter.split("wijkgezondheidscentrum", "nl") == ("wijk", "gezondheid", "centrum")


def test_parts_are_large_and_small(splitter):
    assert splitter.parts("huiswerkbegeleiding", "nl") == ("huiswerk", "huis", "werk", "begeleiding")


def test_exception_gives_the_parts(splitter):
    assert splitter.split("kinderbijslag", "nl") == ("kind", "bijslag")


def test_exception_keeps_a_word_whole(splitter):
    assert splitter.split("speelgoed", "nl") == ()


def test_exception_holds_inside_a_longer_word(splitter):
    assert splitter.split("speelgoedbank", "nl") == ("speelgoed", "bank")


@pytest.mark.parametrize("name", ["kortrijk", "schaarbeek", "oudenaarde"])
def test_names_of_municipalities_stay_whole(splitter, name):
    assert splitter.split(name, "nl") == ()


def test_language_without_compounds_splits_nothing(splitter):
    assert splitter.split("huurachterstand", "fr") == ()
