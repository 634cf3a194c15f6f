"""Proceedings of machine learning venues as the ML Anthology keeps them, a file a year."""

from typing import Any, cast

from ingest.formats.identifiers import identifiers_in
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page


class MlAnthologyFormat(JsonFormat):
    """`ml-anthology`: known by BibTeX keys beside titles and venues."""

    name = "ml-anthology"
    keys = frozenset({"bibtex_key", "source_id", "venue_url"})

    def fits(self, seen: Probe) -> bool:
        """The keys of its papers."""
        return seen.has("bibtex_key", "title") and (
            seen.has("venue_type") or seen.has("source_id") or seen.has("venue_url")
        )

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """Venues state a year, and nothing finer."""
        year = item.get("year") or page.values.get("year")
        return {
            "source_paper_id": item.get("bibtex_key"),
            "title": item.get("title"),
            "abstract": item.get("abstract"),
            "authors": _names(item.get("authors")),
            "published": year,
            "published_kind": "proceedings" if year else None,
            "venue": item.get("venue") or page.values.get("venue"),
            "url": item.get("venue_url") or item.get("pdf_url"),
            **identifiers_in(
                item.get("openreview_url"), item.get("venue_url"), item.get("pdf_url")
            ),
            **({"doi": item["doi"]} if item.get("doi") else {}),
        }


def _names(authors: object) -> object:
    """Return names from objects with a given and a family name."""
    if not isinstance(authors, list):
        return authors
    names: list[str] = []
    for author in cast("list[Any]", authors):
        if isinstance(author, dict):
            parts = [cast("dict[str, Any]", author).get(part) for part in ("given", "family")]
            names.append(" ".join(part for part in parts if isinstance(part, str) and part))
        elif isinstance(author, str):
            names.append(author)
    return names
