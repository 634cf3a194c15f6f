"""Works of OpenAlex: pages of its API, and lines of its snapshot."""

from itertools import chain
from typing import Any, Final, cast

from ingest.formats.fields import WrongType
from ingest.formats.identifiers import ARXIV_LINK
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page, Refused

WORK: Final = "https://openalex.org/W"
PUBLISHERS: Final = frozenset({"journal", "conference", "book series", "ebook platform"})


class OpenAlexFormat(JsonFormat):
    """`openalex`: known by the identifier of a work."""

    name = "openalex"
    keys = frozenset({"abstract_inverted_index", "id", "primary_location"})

    def fits(self, seen: Probe) -> bool:
        """The first `id` leads to a work."""
        return seen.text("id").startswith(WORK)

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """Take the title as it is, and put the inverted abstract back in order."""
        del page
        identifier = item.get("id")
        if not isinstance(identifier, str) or not identifier.startswith(WORK):
            raise Refused("not_a_work", "the item has no identifier of a work")
        location = _part(item, "primary_location")
        source = _part(location, "source")
        published = item.get("publication_date") or item.get("publication_year")
        return {
            "source_paper_id": identifier.removeprefix("https://openalex.org/"),
            "title": item.get("title") or item.get("display_name"),
            "abstract": in_order(item.get("abstract_inverted_index")),
            "authors": _names(item.get("authorships")),
            "published": _stated(published),
            "published_kind": _kind(source.get("type")) if published else None,
            "venue": source.get("display_name"),
            "url": location.get("landing_page_url") or item.get("doi") or identifier,
            "arxiv_id": _arxiv_id(item, location),
            "doi": item.get("doi"),
        }


def in_order(index: object) -> str | None:
    """Return the text that an index of words and their places was made from.

    Raises:
        WrongType: it is no such index.
    """
    if index is None:
        return None
    if not isinstance(index, dict):
        raise WrongType(f"'abstract_inverted_index' is a {type(index).__name__}, not an object")
    words: list[tuple[int, str]] = []
    for word, places in cast("dict[str, Any]", index).items():
        if not isinstance(places, list):
            raise WrongType(f"'abstract_inverted_index' has no list of places for {word!r:.40}")
        for place in cast("list[Any]", places):
            if type(place) is not int:
                raise WrongType(f"'abstract_inverted_index' has a place {place!r:.40}")
            words.append((place, word))
    words.sort()
    return " ".join(word for _, word in words) or None


def _stated(published: object) -> object:
    """Return the date, or its year: a work of which only the year is known is given 1 January."""
    if isinstance(published, str) and published.endswith("-01-01"):
        return published.removesuffix("-01-01")
    return published


def _kind(source_type: object) -> str | None:
    """Return which date a place of that type states."""
    if source_type == "repository":
        return "submitted"
    return "proceedings" if source_type in PUBLISHERS else None


def _arxiv_id(item: Object, location: Object) -> str | None:
    others = item.get("locations")
    listed = cast("list[Any]", others) if isinstance(others, list) else []
    for place in chain([location], listed):
        if isinstance(place, dict):
            for key in ("landing_page_url", "pdf_url"):
                link = place.get(key)
                if isinstance(link, str) and (found := ARXIV_LINK.search(link)):
                    return found["id"]
    doi = item.get("doi")
    found = ARXIV_LINK.search(doi) if isinstance(doi, str) else None
    return found["id"] if found else None


def _names(authorships: object) -> object:
    if not isinstance(authorships, list):
        return None
    names: list[object] = []
    for authorship in cast("list[Any]", authorships):
        if isinstance(authorship, dict):
            author = _part(cast("dict[str, Any]", authorship), "author")
            name = author.get("display_name")
            names.append(name or cast("dict[str, Any]", authorship).get("raw_author_name"))
    return names


def _part(item: Object, key: str) -> dict[str, Any]:
    """Return the object under a key, or an empty one where there is none."""
    value = item.get(key)
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
