"""CSL-JSON: what citation managers hand to citation styles."""

from typing import Any, Final, cast

from ingest.formats.dates import dated
from ingest.formats.fields import WrongType
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page

IN_PROCEEDINGS: Final = {"article-journal", "paper-conference", "chapter", "article-magazine"}


class CslJsonFormat(JsonFormat):
    """`csl-json`: known by a type beside dates in parts, or keys that only citations have."""

    name = "csl-json"
    keys = frozenset({"container-title", "DOI", "issued", "type"})

    def fits(self, seen: Probe) -> bool:
        """Papers of Crossref have lists as titles and are another format."""
        return seen.has("title", "type") and (
            any(path.startswith("issued.") for path in seen)
            or seen.has("container-title")
            or seen.has("author.item.family")
        )

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """An item's `id` is a name within the user's own library, not an identifier."""
        del page
        published = _date(item.get("issued"))
        is_in_proceedings = str(item.get("type")) in IN_PROCEEDINGS
        return {
            "title": item.get("title"),
            "abstract": item.get("abstract"),
            "authors": _names(item.get("author")),
            **(dated(published, "proceedings") if is_in_proceedings else {"published": published}),
            "venue": item.get("container-title") or item.get("event-title"),
            "url": item.get("URL"),
            "doi": item.get("DOI"),
        }


def _names(authors: object) -> object:
    if not isinstance(authors, list):
        return authors
    names: list[str] = []
    for author in cast("list[Any]", authors):
        if not isinstance(author, dict):
            raise WrongType(f"an author is a {type(author).__name__}, not an object")
        parts = cast("dict[str, Any]", author)
        spoken = ("given", "non-dropping-particle", "family", "suffix")
        name = " ".join(str(parts[part]) for part in spoken if parts.get(part))
        names.append(name or str(parts.get("literal") or ""))
    return names


def _date(issued: object) -> str | None:
    """Return a date as finely as its parts say; of a range, where it begins."""
    if issued is None:
        return None
    if not isinstance(issued, dict):
        raise WrongType(f"'issued' is a {type(issued).__name__}, not an object")
    date = cast("dict[str, Any]", issued)
    try:
        year, *rest = (int(part) for part in date["date-parts"][0] if part not in {None, ""})
        return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest[:2])])
    except (IndexError, KeyError, TypeError, ValueError):
        text = date.get("raw") or date.get("literal")
        return text if isinstance(text, str) else None
