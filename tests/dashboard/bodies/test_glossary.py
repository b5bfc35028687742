"""Every abbreviation on screen is in the glossary, and every entry is whole."""

import re

from dashboard.bodies import glossary
from dashboard.domain import choices
from dashboard.web import site

CAPITALS = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\d?\b|\bKS\d\b")
# Names of files, of people's repositories and of tools, codes of publishers and words of the web:
# they are names, not words shortened.
NAMES = {
    *("DEFICIT", "POSITIVE", "DO", "NOT", "USE"),  # words that a note of a file stresses
    *("ASD19e", "ASD19g", "MHS95", "RSX", "GBP", "JuanBlanco9", "MastodonC", "ONSdigital"),
    *("TopoJSON", "GeoJSON", "JSON", "ZIP", "SHA", "UK", "NOTE", "LAs", "LSOAs", "MB"),
}


def texts(build):
    """All that the catalogue of the build puts on the screen."""
    for m in build.metrics.values():
        yield from (m.title, m.short_title, m.description, m.why, m.numerator, m.denominator)
        yield from (m.population, m.caveat, m.duty, m.topic_title, *m.breakdowns, *m.labels)
    for s in build.sources.values():
        yield from (s.title, s.publication_title, s.publisher, s.note)


def test_every_abbreviation_of_the_catalogue_is_explained(build):
    known = {short for term in glossary.load_terms() for short in term.short} | {"SEN2"}
    shown = {found for text in texts(build) if text for found in CAPITALS.findall(text)}
    assert shown - known - NAMES == set()
    assert not NAMES & known


def test_entries_are_in_order_and_each_is_there_once():
    names = [term.name.lower() for term in glossary.load_terms()]
    assert names == sorted(names)
    assert len({term.id for term in glossary.load_terms()}) == len(names)
    shorts = [short for term in glossary.load_terms() for short in term.short]
    assert len(shorts) == len(set(shorts))


def test_every_entry_is_a_sentence_with_a_source():
    pages = {"methods", "about", "neighbours"}
    for term in glossary.load_terms():
        assert term.meaning[0].isupper() or term.meaning[0].isdigit(), term
        assert term.meaning.endswith("."), term
        assert len(term.meaning.split()) <= 45, term
        assert term.source
        assert term.link.startswith("https://") or term.link in pages, term
    assert pages <= {page.address for page in site.SITE}


def test_the_page_has_every_word_under_its_letter(build):
    html = glossary.render_glossary(choices.read_view(build, {}), glossary.load_terms())
    assert html.count("<dt ") == len(glossary.load_terms())
    letters = re.findall(r'<a href="#(letter-[a-z0-9])">', html)
    assert len(letters) == len(set(letters))
    for letter in letters:
        assert f'<h2 id="{letter}">' in html
