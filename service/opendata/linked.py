"""Listings as linked data by the Core Public Service Vocabulary (CPSV-AP 3), one statement on a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from service.hsds.entries import Entry
from service.hsds.known import uri
from service.hsds.licences import licence_of
from service.hsds.taxonomies import NEED, term_labels, term_of
from service.opendata.shelf import credits_of

CPSV = Namespace("http://purl.org/vocab/cpsv#")
M8G = Namespace("http://data.europa.eu/m8g/")
LOCN = Namespace("http://www.w3.org/ns/locn#")
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
BELGIUM = URIRef("http://publications.europa.eu/resource/authority/country/BEL")
_EU = {
    "nl": "NLD", "fr": "FRA", "de": "DEU", "en": "ENG", "ar": "ARA", "tr": "TUR", "uk": "UKR", "es": "SPA",
    "pl": "POL", "ro": "RON",
}  # fmt: skip

Statement = tuple[Node, Node, Node]


def write_linked(entries: Iterable[Entry], base: str) -> Iterator[bytes]:
    """N-Triples; ``base`` is where this Nabij answers, and the beginning of every name of ours."""
    for entry in entries:
        graph = Graph()
        for statement in _statements(entry, base):
            graph.add(statement)
        lines = sorted(set(graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)))
        yield b"".join(line for line in lines if line.strip())


def _statements(entry: Entry, base: str) -> Iterator[Statement]:
    listing, service = entry.listing, entry.listing.service
    own = URIRef(f"{base}/hsds/v3/services/{service.id}")
    who = URIRef(f"{base}/hsds/v3/organizations/{listing.organization.id}")
    yield own, RDF.type, CPSV.PublicService
    yield own, DCTERMS.identifier, Literal(str(service.id))
    for path, texts in ((DCTERMS.title, service.name), (DCTERMS.description, service.description)):
        for language, text in texts.items():
            yield own, path, Literal(text, lang=None if language == "und" else language)
    yield own, DCTERMS.modified, Literal(entry.changed_at.isoformat(), datatype=XSD.dateTime)
    for code in service.languages:
        if code in _EU:
            yield own, DCTERMS.language, URIRef(LANGUAGE + _EU[code])
    for code in service.needs:
        if (term := term_of(NEED, code)) is not None:
            concept = URIRef(f"{base}/hsds/v3/taxonomy_terms/{term['id']}")
            yield own, M8G.thematicArea, concept
            yield concept, RDF.type, SKOS.Concept
            for language, label in term_labels(NEED, code).items():
                yield concept, SKOS.prefLabel, Literal(label, lang=language)
    for credit in credits_of(entry):
        if (licence := licence_of(credit.licence)) is not None and licence.uri:
            yield own, DCTERMS.license, URIRef(licence.uri)
        if (source := uri(credit.url)) is not None:
            yield own, DCTERMS.source, URIRef(source)
    yield own, M8G.hasCompetentAuthority, who
    yield from _authority(entry, who)
    yield from _contact(entry, own)
    yield from _cost(entry, own)


def _authority(entry: Entry, who: URIRef) -> Iterator[Statement]:
    it = entry.listing.organization
    yield who, RDF.type, M8G.PublicOrganisation
    yield who, DCTERMS.identifier, Literal(it.enterprise_number or str(it.id))
    yield who, DCTERMS.spatial, BELGIUM
    if it.name:
        yield who, DCTERMS.title, Literal(it.name)
        yield who, SKOS.prefLabel, Literal(it.name)


def _contact(entry: Entry, own: URIRef) -> Iterator[Statement]:
    listing, place = entry.listing, entry.listing.location
    contact = URIRef(f"{own}#contact")
    ways = [(M8G.telephone, phone) for phone in listing.phones]
    ways += [(M8G.email, listing.email)] if listing.email else []
    website = uri(listing.website)
    if ways or website or listing.opening_hours:
        yield own, M8G.contactPoint, contact
        yield contact, RDF.type, M8G.ContactPoint
        for path, text in ways:
            yield contact, path, Literal(text)
        if website:
            yield contact, M8G.contactPage, URIRef(website)
        if listing.opening_hours:
            yield contact, M8G.openingHours, Literal(listing.opening_hours)
    if place is None or place.hidden:
        return
    where = URIRef(f"{own}#place")
    yield own, DCTERMS.spatial, where
    yield where, RDF.type, DCTERMS.Location
    if place.postal_code:
        yield where, LOCN.postCode, Literal(place.postal_code)
    if place.lat is not None and place.lon is not None:
        text = f"POINT({place.lon} {place.lat})"
        wkt = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
        yield where, LOCN.geometry, Literal(text, datatype=wkt)


def _cost(entry: Entry, own: URIRef) -> Iterator[Statement]:
    service = entry.listing.service
    amount = 0 if service.cost == "free" else entry.values.get("cost_option.amount")
    if amount is None:
        return
    cost = URIRef(f"{own}#cost")
    yield own, M8G.hasCost, cost
    yield cost, RDF.type, M8G.Cost
    yield cost, DCTERMS.identifier, Literal(f"{service.id}#cost")
    yield cost, M8G.value, Literal(str(amount), datatype=XSD.decimal)
    yield cost, M8G.currency, URIRef("http://publications.europa.eu/resource/authority/currency/EUR")
