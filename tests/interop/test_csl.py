"""The sources of a case as CSL-JSON and BibTeX."""

import re
from datetime import date

from citeproc.source.json import CiteProcJSON

from detente.case import load
from detente.case.format import Source
from detente.case.format.parts import Text
from detente.interop.csl import CSL_TYPES, bibtex, csl_json


def source(**fields: object) -> Source:
    return Source.model_validate({"type": "article-newspaper", "title": "T"} | fields)


def fields_of(entry: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = (.*),$", entry, re.MULTILINE))


ALL = source(
    type="article-journal",
    title={"en": "On  Treaties", "ko": "조약론"},
    author="Kim, Yang Gyu; Ministry of Defence, United Kingdom; Reuters",
    issued="2024-04-16",
    publisher="EAI",
    container_title="Journal of R&D",
    volume="7",
    page="12–34",
    url="https://example.org/a_b?x=1&y=50%25#top",
    doi="10.1/a_b",
    accessed="2024-04-17",
    note="The 1st #",
)


def test_csl_json_has_every_field_the_format_asks_for() -> None:
    (item,) = csl_json({"kim2024": ALL})
    assert item == {
        "id": "kim2024",
        "type": "article-journal",
        "title": "On Treaties",
        "original-title": "조약론",
        "author": [
            {"family": "Kim", "given": "Yang Gyu"},
            {"literal": "Ministry of Defence, United Kingdom"},
            {"literal": "Reuters"},
        ],
        "issued": {"date-parts": [[2024, 4, 16]]},
        "publisher": "EAI",
        "container-title": "Journal of R&D",
        "volume": "7",
        "page": "12–34",
        "URL": "https://example.org/a_b?x=1&y=50%25#top",
        "DOI": "10.1/a_b",
        "accessed": {"date-parts": [[2024, 4, 17]]},
        "note": "The 1st #",
    }


def test_what_is_not_written_is_absent() -> None:
    assert csl_json({"a": source()}) == [{"id": "a", "type": "article-newspaper", "title": "T"}]
    assert csl_json({"a": source(issued="2024-04")})[0]["issued"] == {"date-parts": [[2024, 4]]}


def test_a_type_csl_does_not_know_goes_on_as_a_document() -> None:
    assert csl_json({"a": source(type="tweet")})[0]["type"] == "document"


def test_a_citation_processor_takes_the_sources_of_a_case_that_ships() -> None:
    items = csl_json(load("kim/indo_pacific_2024").sources)
    assert {item["type"] for item in items} <= CSL_TYPES
    assert set(CiteProcJSON(items)) == {item["id"] for item in items}


def test_bibtex_has_the_fields_of_the_entry() -> None:
    entry = bibtex({"kim2024": ALL})
    assert entry.startswith("@article{kim2024,\n")
    assert entry.endswith("}\n")
    assert fields_of(entry) == {
        "author": "{Kim, Yang Gyu and {Ministry of Defence, United Kingdom} and {Reuters}}",
        "title": "{{On Treaties}}",
        "origtitle": "{조약론}",
        "year": "{2024}",
        "month": "apr",
        "day": "{16}",
        "publisher": "{EAI}",
        "journal": r"{Journal of R\&D}",
        "volume": "{7}",
        "pages": "{12--34}",
        "url": "{https://example.org/a_b?x=1&y=50%25#top}",
        "doi": "{10.1/a_b}",
        "urldate": "{2024-04-17}",
        "note": r"{The 1st \#}",
    }


def test_where_a_work_stands_and_who_made_it_has_the_name_its_kind_gives_it() -> None:
    paper = fields_of(bibtex({"a": source(type="paper-conference", container_title="C")}))
    report = fields_of(bibtex({"a": source(type="report", publisher="P")}))
    assert (paper["booktitle"], report["institution"]) == ("{C}", "{P}")


def test_no_text_is_taken_for_a_command_or_ends_the_field() -> None:
    hostile = r"50 % \input{x} } @book{y, $a_1^2$ ~ #"
    entry = bibtex({"a": source(title=hostile, url=r"https://x.org/}{\a b")})
    assert fields_of(entry)["title"] == (
        r"{{50 \% \textbackslash{}input\textbraceleft{}x\textbraceright{} \textbraceright{} "
        r"@book\textbraceleft{}y, \$a\_1\textasciicircum{}2\$ \textasciitilde{} \#}}"
    )
    assert fields_of(entry)["url"] == "{https://x.org/%7D%7B%5Ca%20b}"
    assert entry.count("{") == entry.count("}")  # BibTeX counts them, escaped or not


def test_keys_differ_in_more_than_capitals() -> None:
    written = bibtex(dict.fromkeys(("kim", "Kim", "kim_2", "KIM"), source()))
    keys = re.findall(r"^@misc\{(.*),$|^@article\{(.*),$", written, re.MULTILINE)
    found = [one or other for one, other in keys]
    assert found == ["kim", "Kim_3", "kim_2", "KIM_4"]
    assert len({key.lower() for key in found}) == 4


def test_the_korean_title_is_no_part_of_the_english_one() -> None:
    assert isinstance(ALL.title, Text)
    assert csl_json({"a": ALL})[0]["title"] == "On Treaties"
    assert ALL.accessed == date(2024, 4, 17)
