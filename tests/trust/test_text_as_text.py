"""Hostile text is counted as text, and leaves as text: in the terminal, in files, in the report."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from papertally.cli import app
from papertally.query import FORMULA_STARTS, render
from papertally.terminal import say
from papertally.visible import in_json, in_line, visible
from tests.trust.hostile import DECORATIONS, NAMES, RUN

# What a terminal would obey, lines and tabs left out, and the colours that are rich's own.
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

Command = Callable[..., str]


@pytest.fixture
def con(hostile_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(hostile_home / "current.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture
def command(
    hostile_home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    """Run a command on the hostile home; return all that it printed."""
    monkeypatch.setenv("PAPERTALLY_HOME", str(hostile_home))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> str:
        app(list(arguments), standalone_mode=False)
        return "".join(capfd.readouterr())

    return run


def test_nothing_is_lost_and_everything_is_verbatim(con):
    loads = con.sql(
        "select landed_count, rejected_count from quality.loads where source_name <> 'papers'"
    ).fetchall()
    assert loads == [(len(DECORATIONS) + 1, 0)] * 2
    titles = (
        "select title, abstract, venue from marts.dim_papers where paper_id like 'arxiv:2605.1%'"
    )
    landed = dict.fromkeys(con.sql(titles).fetchall())
    for decoration in DECORATIONS:
        assert any(decoration.strip() in title + text for title, text, _ in landed), decoration
    assert con.sql("select max(length(abstract)) from marts.dim_papers").fetchall() == [
        (1_000_005,)
    ]


def test_decoration_changes_no_count(con):
    halves = con.sql(
        """
        select
            substr(paper_id, 12, 1) as half,
            entity_id, section, match_method,
            count(*) as mentions,
            count(distinct paper_id) as papers
        from marts.fct_mentions
        where paper_id like 'arxiv:2605.1%' or paper_id like 'arxiv:2605.2%'
        group by all
        order by all
        """
    ).pl()
    hostile, plain = (halves.filter(pl.col("half") == half).drop("half") for half in "12")
    assert len(plain) >= 7
    assert hostile.equals(plain)


@pytest.mark.parametrize(
    "arguments",
    [
        ("top", "--limit", "60"),
        ("evidence", "model:bert"),
        ("explain", "arxiv:2605.10012"),
        ("query", "select title, venue, url from marts.dim_papers where paper_id like '%:2605.1%'"),
        ("query", "--format", "json", "select title, abstract from marts.dim_papers"),
    ],
    ids=lambda arguments: " ".join(arguments[:2])[:20],
)
def test_a_terminal_obeys_nothing(command, arguments):
    printed = command(*arguments)
    assert len(printed) > 200
    assert OBEYED.findall(printed) == []


def test_what_is_said_while_reading_is_escaped(capfd):
    say("read a\x1b[2J\u202e.jsonl")
    said = capfd.readouterr().err
    assert OBEYED.findall(said) == []
    assert "a\\x1b[2J\\u202e.jsonl" in said


@pytest.mark.parametrize("text", [*DECORATIONS, *NAMES.values()])
def test_escapes_hold_in_text_line_and_json(text):
    assert OBEYED.findall(visible(text)) == []
    assert "\n" not in in_line(text)
    written = json.dumps(text, ensure_ascii=False)
    assert OBEYED.findall(in_json(written)) == []
    assert json.loads(in_json(written)) == text


def test_csv_runs_nothing_and_numbers_stay_numbers(con):
    frame = pl.DataFrame({"=name": [*DECORATIONS, "\n=1", "\uff1d1", "plain"]}).with_columns(
        value=pl.lit(-1.5), text=pl.lit("-1.5")
    )
    content = render(frame, "csv")
    cells = pl.read_csv(content, infer_schema=False)
    assert cells.columns[0] == "'=name"
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells["'=name"])
    assert cells["value"].unique().to_list() == ["-1.5"]
    assert cells["text"].unique().to_list() == ["'-1.5"]
    assert [cell.removeprefix("'") for cell in cells["'=name"]] == frame["=name"].to_list()


def test_exports_hold_every_character(command, hostile_home, tmp_path):
    query = "select title, abstract, url from marts.dim_papers order by paper_id"
    with duckdb.connect(str(hostile_home / "current.duckdb"), read_only=True) as con:
        wanted = con.sql(query).fetchall()
    for suffix in ("parquet", "jsonl", "csv"):
        command("export", "dim_papers", "--format", suffix, "--out", str(tmp_path))
    parquet = pl.read_parquet(tmp_path / "dim_papers.parquet").sort("paper_id")
    lines = pl.read_ndjson(tmp_path / "dim_papers.jsonl", infer_schema_length=None).sort("paper_id")
    cells = pl.read_csv(tmp_path / "dim_papers.csv", infer_schema=False).sort("paper_id")
    for frame in (parquet, lines):
        assert frame.select("title", "abstract", "url").rows() == wanted
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells["title"])
    assert len(cells) == len(wanted)


def test_the_report_is_text_and_one_file(command, tmp_path):
    for arguments in ((), ("model:bert",)):
        command("report", *arguments, "--out", str(tmp_path))
    for path in tmp_path.iterdir():
        page = path.read_text()
        assert "default-src 'none'" in page
        assert not re.search(r"<(script|img|iframe|base|link|svg[^>]*onload)", page)
        assert not re.search(r"href=\"(?!https?://)", page)
        assert RUN in page  # it is there, as text
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".html"]
