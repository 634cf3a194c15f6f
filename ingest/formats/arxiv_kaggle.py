"""The snapshot of arXiv's metadata on Kaggle: one object a line, five gigabytes of them."""

from typing import Any, cast

from ingest.formats.fields import WrongType
from ingest.formats.identifiers import iso_time
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page


class ArxivKaggleFormat(JsonFormat):
    """`arxiv-kaggle`: known by the keys that only this snapshot has together."""

    name = "arxiv-kaggle"
    keys = frozenset({"authors_parsed", "submitter", "versions"})

    def fits(self, seen: Probe) -> bool:
        """Later keys of a long first line may lie outside of what is looked at."""
        return seen.has("id", "categories", "abstract") and (
            seen.has("authors_parsed.item.item")
            or seen.has("versions.item.created")
            or seen.has("submitter", "report-no")
        )

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """The first version is the submission; the last one the newest text."""
        del page
        identifier = item.get("id")
        submitted, updated = _version_times(item.get("versions"))
        return {
            "source_paper_id": identifier,
            "title": item.get("title"),
            "abstract": item.get("abstract"),
            "authors": _names(item.get("authors_parsed")) or item.get("authors"),
            "published": submitted,
            "published_kind": "submitted" if submitted else None,
            "updated": updated,
            "venue": item.get("journal-ref"),
            "url": f"https://arxiv.org/abs/{identifier}" if isinstance(identifier, str) else None,
            "arxiv_id": identifier,
            "doi": item.get("doi"),
        }


def _version_times(versions: object) -> tuple[object, object]:
    """Return the times of the first and of the last version; one version is no update."""
    if not isinstance(versions, list) or not versions:
        return None, None
    listed = cast("list[Any]", versions)
    submitted = _created(listed[0])
    return submitted, _created(listed[-1]) if len(listed) > 1 else None


def _created(version: object) -> object:
    if not isinstance(version, dict):
        raise WrongType("'versions' holds something other than objects")
    return iso_time(cast("dict[str, Any]", version).get("created"))


def _names(parsed: object) -> str | None:
    """Return [family, given, suffix] lists as names in the order in which they are spoken."""
    if not isinstance(parsed, list):
        return None
    names: list[str] = []
    for parts in cast("list[list[object] | object]", parsed):
        if isinstance(parts, list):
            family, given, suffix = (*cast("list[object]", parts), None, None, None)[:3]
            names.append(" ".join([str(part) for part in (given, family, suffix) if part]))
    return "; ".join(filter(None, names)) or None
