"""The formats as a table, from their classes and their pages."""

from pathlib import Path

from ingest.formats import FORMATS

PAGES = Path(__file__).parents[1] / "formats"


def markdown() -> str:
    """Return a row a format, in the order in which they are tried on a file."""
    rows = [f"| `{name}` | [{_title(name)}]({name}.md) | {_known_by(name)} |" for name in FORMATS]
    return "\n".join(["| `--format` | | known by |", "|---|---|---|", *rows])


def _title(name: str) -> str:
    return _text(name).split("\n", 1)[0].removeprefix("# ")


def _known_by(name: str) -> str:
    """Return the first paragraph below the heading of a format's page."""
    after = _text(name).split("## Known by\n\n", 1)[1]
    return " ".join(after.split("\n\n", 1)[0].split())


def _text(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")
