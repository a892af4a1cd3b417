"""The description of the open data by DCAT-AP: the dataset, its parts and forms, its sources."""

from __future__ import annotations

from datetime import datetime

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF

from service.hsds.licences import PARTS, licence_of
from service.opendata.formats import FORMATS
from service.opendata.shelf import ABOUT_PART

ACCESS = URIRef("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
THEME = URIRef("http://publications.europa.eu/resource/authority/data-theme/SOCI")
FILE_TYPE = Namespace("http://publications.europa.eu/resource/authority/file-type/")
_FILE_TYPES = {"csv": "CSV", "geojson": "GEOJSON", "ndjson": "JSON", "hsds": "ZIP", "rdf": "RDF_N_TRIPLES"}
_TITLES = {
    "en": "Nabij: social help in Brussels and Flanders",
    "nl": "Nabij: sociaal aanbod in Brussel en Vlaanderen",
    "fr": "Nabij: aide sociale à Bruxelles et en Flandre",
}


def describe(base: str, sources: list[dict[str, str]], changed_at: datetime | None) -> bytes:
    """The catalogue in Turtle; ``base`` is where this Nabij answers."""
    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("dct", DCTERMS)
    catalogue, publisher = URIRef(f"{base}/open-data/catalog.ttl"), URIRef(f"{base}/")
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    graph.add((catalogue, DCTERMS.title, Literal(_TITLES["en"], lang="en")))
    graph.add((catalogue, DCTERMS.description, Literal("The open data of one Nabij.", lang="en")))
    graph.add((catalogue, DCTERMS.publisher, publisher))
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal("Nabij")))
    for part in PARTS:
        _dataset(graph, base, catalogue, part, changed_at)
    for source in sources:
        _credit(graph, catalogue, source)
    return graph.serialize(format="turtle", encoding="utf-8")


def _dataset(graph: Graph, base: str, catalogue: URIRef, part: str, changed_at: datetime | None) -> None:
    own = URIRef(f"{base}/open-data/#{part}")
    graph.add((catalogue, DCAT.dataset, own))
    graph.add((own, RDF.type, DCAT.Dataset))
    graph.add((own, DCTERMS.identifier, Literal(str(own))))
    for language, title in _TITLES.items():
        graph.add((own, DCTERMS.title, Literal(f"{title} ({part})", lang=language)))
    graph.add((own, DCTERMS.description, Literal(ABOUT_PART[part], lang="en")))
    graph.add((own, DCTERMS.publisher, URIRef(f"{base}/")))
    graph.add((own, DCTERMS.accessRights, ACCESS))
    graph.add((own, DCAT.theme, THEME))
    if changed_at is not None:
        graph.add((own, DCTERMS.modified, Literal(changed_at.isoformat(), datatype=XSD.dateTime)))
    for name, form in FORMATS.items():
        address = URIRef(f"{base}/open-data/{form.file}?part={part}")
        graph.add((own, DCAT.distribution, address))
        graph.add((address, RDF.type, DCAT.Distribution))
        graph.add((address, DCTERMS.title, Literal(form.title, lang="en")))
        graph.add((address, DCAT.accessURL, address))
        graph.add((address, DCAT.downloadURL, address))
        graph.add((address, DCTERMS["format"], FILE_TYPE[_FILE_TYPES[name]]))
        graph.add((address, DCTERMS.rights, Literal(ABOUT_PART[part], lang="en")))


def _credit(graph: Graph, catalogue: URIRef, source: dict[str, str]) -> None:
    own = URIRef(f"{catalogue}#source-{source['id']}")
    graph.add((catalogue, DCTERMS.source, own))
    graph.add((own, DCTERMS.title, Literal(source["name"])))
    graph.add((own, DCTERMS.rights, Literal(source["attribution"])))
    if (licence := licence_of(source["licence"])) is not None and licence.uri:
        graph.add((own, DCTERMS.license, URIRef(licence.uri)))
