"""The daily papers of Hugging Face as its API gives them, in the shapes of three years."""

import ast
from typing import Any, Final, cast

from ingest.formats.identifiers import arxiv_id
from ingest.formats.json_format import JsonFormat
from ingest.formats.json_probe import Probe
from ingest.formats.json_reader import Object, Page, Refused

REPR_START: Final = "{'paper': {"
MAX_REPR: Final = 1 << 20


class HfDailyFormat(JsonFormat):
    """`hf-daily`: known by a `paper` object with HF's keys, or by the repr of one."""

    name = "hf-daily"
    keys = frozenset({"paper", "publishedAt", ""})  # the last: items that are texts, for a repr

    def fits(self, seen: Probe) -> bool:
        """A listed item, its Python repr, or a paper object by itself."""
        return (
            (seen.has("paper.id", "paper.publishedAt") or seen.has("paper.id", "paper.summary"))
            or seen.has("id", "publishedAt", "summary", "upvotes")
            or seen.text("").startswith(REPR_START)
        )

    def value(self, value: object) -> object:
        """On some days the archive holds Python's repr of the objects in place of JSON."""
        if not isinstance(value, str) or not value.startswith("{'"):
            return value
        if len(value) > MAX_REPR:
            raise Refused("malformed_repr", f"a repr of {len(value):,} characters is no paper")
        try:
            return cast("object", ast.literal_eval(value))
        except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
            raise Refused("malformed_repr", f"not the repr of an object: {error}") from error

    def record(self, item: Object, page: Page) -> dict[str, object]:
        """The paper's own date is the submission; the dates around it are listing days."""
        del page
        inner = item.get("paper")
        paper = cast("dict[str, Any]", inner) if isinstance(inner, dict) else item
        identifier = paper.get("id")
        submitted = paper.get("publishedAt")
        listed = paper.get("submittedOnDailyAt") or (
            item.get("publishedAt") if paper is not item else None
        )
        known = arxiv_id(identifier)
        return {
            "source_paper_id": identifier,
            "title": paper.get("title") or item.get("title"),
            "abstract": paper.get("summary") or item.get("summary"),
            "authors": paper.get("authors"),
            "published": submitted or listed,
            "published_kind": "submitted" if submitted else "listed" if listed else None,
            "url": f"https://huggingface.co/papers/{known}" if known else None,
            "arxiv_id": known,
            "upvotes": paper.get("upvotes", item.get("upvotes")),
        }
