"""Hostile text is counted as text, and leaves as text: in the terminal, in files, in the report."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from papertally.cli import app, main
from papertally.publishing.vocabulary_diff import as_text
from papertally.reading.query import render
from papertally.terminal import say
from papertally.visible import FORMULA_STARTS, in_json, in_line, visible
from tests.trust.hostile import DECORATIONS, NAMES, RUN

# What a terminal would obey, lines and tabs left out, and the colours that are rich's own.
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

HOSTILE = "where paper_id like 'arxiv:2605.1%'"

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
        ("trend", "metric:bleu"),
        ("compare", *NAMES),
        ("evidence", "model:bert"),
        ("evidence", "method:dropout", "--format", "json"),
        ("explain", "arxiv:2605.10012"),
        ("explain", "arxiv:2605.10006"),
        ("explain", "arxiv:2605.19001"),
        ("status",),
        ("snapshots",),
        ("diff",),
        ("query", f"select title, venue, authors, url from marts.dim_papers {HOSTILE}"),
        ("query", "--format", "json", "select title, abstract, authors from marts.dim_papers"),
    ],
    ids=lambda arguments: " ".join(arguments[:2])[:25],
)
def test_a_terminal_obeys_nothing(command, arguments):
    printed = command(*arguments)
    assert len(printed) > 100
    assert OBEYED.findall(printed) == []


def test_text_of_a_paper_forges_no_line_of_an_explanation(command):
    lines = command("explain", "arxiv:2605.10006").splitlines()
    assert sum(line.startswith("- item") for line in lines) == 0
    assert sum(line.startswith("  - item") for line in lines) > 1


def test_a_sentence_forges_no_line_of_a_vocabulary_diff():
    found = {"entity_id": "model:bert", "paper_id": "x", "surface": "BERT", "sentence": "a\n+ b"}
    counts = dict.fromkeys(("papers_before", "papers_after"), 1)
    counts |= dict.fromkeys(("mentions_before", "mentions_after"), 1)
    difference = {
        "moved": 1,
        "mentions_gained": 1,
        "counts": [{"entity_id": "model:bert"} | counts],
    }
    lines = as_text(difference | {"gained": [found], "lost": []}).splitlines()
    assert lines[2:] == ["  + x [BERT] a + b"]


def test_what_is_said_while_reading_is_escaped_and_forges_no_line(capfd):
    say("read a\x1b[2J\u202e\npapertally: done.jsonl")
    said = capfd.readouterr().err
    assert OBEYED.findall(said) == []
    assert said == "read a\\x1b[2J\\u202e\n  papertally: done.jsonl\n"


@pytest.mark.parametrize(
    "arguments",
    [
        *("ingest", "ingest --format", "run --map", "explain", "compare", "query"),
        *("rollback", "diff", "export", "report", "restore", "evaluate --gold", "top --since"),
        *("vocabulary accept --type model", "vocabulary diff current"),
    ],
)
def test_a_hostile_file_name_in_a_message_is_text(hostile_home, monkeypatch, capfd, arguments):
    name = "x\x1b]0;owned\x07\x1b]8;;http://198.51.100.7\x1b\\\u202e\npapertally: all is well"
    monkeypatch.setenv("PAPERTALLY_HOME", str(hostile_home))
    monkeypatch.setattr("sys.argv", ["papertally", *arguments.split(), name])
    with pytest.raises(SystemExit) as ended:
        main()
    printed = "".join(capfd.readouterr())
    assert ended.value.code in {1, 2}
    assert OBEYED.findall(printed) == []
    assert "owned" in printed
    assert "\npapertally: all" not in printed


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


def test_every_cell_of_every_public_table_is_guarded(command, hostile_home, tmp_path):
    with duckdb.connect(str(hostile_home / "current.duckdb"), read_only=True) as con:
        tables = con.sql(
            "select schema_name || '.' || table_name, list(column_name order by column_index) from"
            " duckdb_columns() where schema_name in ('marts', 'quality') and data_type = 'VARCHAR'"
            " group by all"
        ).fetchall()
    command("export", *(name for name, _ in tables), "--format", "csv", "--out", str(tmp_path))
    guarded = 0
    for name, columns in tables:
        path = tmp_path / f"{name.removeprefix('marts.')}.csv"
        cells = pl.read_csv(path, infer_schema=False, columns=columns)
        for column in cells:
            assert not any(cell.startswith(FORMULA_STARTS) for cell in column.drop_nulls()), name
            guarded += column.str.starts_with("'").sum()
    assert guarded > 5


def test_lists_and_enums_reach_a_spreadsheet_as_guarded_text():
    frame = pl.DataFrame(
        {"enum": ["=1"], "list": [["=1", '"']], "struct": [{"a": "=1"}], "blob": [b"=1"]},
        schema_overrides={"enum": pl.Enum(["=1"])},
    )
    cells = pl.read_csv(render(frame, "csv"), infer_schema=False).row(0)
    assert cells == ("'=1", '["=1", "\\""]', '{"a": "=1"}', "\"b'=1'\"")


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
