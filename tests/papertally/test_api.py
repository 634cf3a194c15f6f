"""The numbers without the dashboard: commands, Python, export and report."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import papertally
from papertally.api import Filter
from papertally.cli import main
from papertally.errors import UsageError
from papertally.reading.export import export
from papertally.report.page import write_report
from papertally.settings import load_settings
from tests.conftest import run_papertally

FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "source_name": st.sampled_from(["papers", "nowhere"]),
        "since": st.dates(date(2012, 1, 1), date(2026, 1, 1)),
        "until": st.dates(date(2012, 1, 1), date(2026, 12, 31)),
        "section": st.sampled_from(["title", "abstract"]),
        "match_method": st.sampled_from(["alias", "variant", "definition", "context"]),
        "is_adoption": st.booleans(),
    },
)
NAMES = st.sampled_from(["BERT", "GPT", "gpt4", "accuracy", "Transformer", "GLUE", "LoRA"])


@pytest.fixture(scope="session")
def corpus(published_home: Path) -> papertally.api.Published:
    return papertally.open(published_home)


@given(
    name=NAMES,
    chosen=FILTERS,
    grain=st.sampled_from(["month", "quarter", "year"]),
    with_family=st.booleans(),
)
@settings(max_examples=12, deadline=None)
def test_every_count_is_the_length_of_its_list(
    corpus: papertally.api.Published, name: str, chosen: Filter, grain: str, with_family: bool
) -> None:
    evidence = corpus.evidence(name, with_family=with_family, **chosen)
    total = corpus.counts(name, with_family=with_family, **chosen).row(0, named=True)
    series = corpus.trend(name, grain, with_family=with_family, **chosen)

    assert total["mention_count"] == len(evidence) == series["mention_count"].sum()
    assert total["paper_count"] == evidence["paper_id"].n_unique() == series["paper_count"].sum()
    assert total["eligible_paper_count"] == series["eligible_paper_count"].sum()
    for row in evidence.to_dicts():
        assert row["sentence"][row["mark_start"] : row["mark_end"]] == row["surface"]


@given(chosen=FILTERS, entity_type=st.sampled_from([None, "model", "dataset"]))
@settings(max_examples=5, deadline=None)
def test_the_list_of_the_most_named_agrees_with_each_name(
    corpus: papertally.api.Published, chosen: Filter, entity_type: str | None
) -> None:
    for row in corpus.top(entity_type, 3, **chosen).to_dicts():
        total = corpus.counts(row["entity_id"], **chosen).row(0, named=True)
        assert {key: row[key] for key in total if key in row} == {
            key: total[key] for key in total if key in row
        }
        assert row["place_low"] <= row["place_high"]


def test_without_a_filter_the_numbers_are_those_of_the_marts(
    corpus: papertally.api.Published,
) -> None:
    columns = "entity_id, paper_count, mention_count, introducing_paper_count, paper_share_low"
    stored = corpus.sql(f"select {columns} from marts.entity_counts").sort("entity_id")
    counted = corpus.top(limit=100_000).select(stored.columns).sort("entity_id")
    assert counted.drop("paper_share_low").equals(stored.drop("paper_share_low"))
    assert (counted["paper_share_low"] - stored["paper_share_low"]).abs().max() < 1e-6

    stored = corpus.sql(
        """select published_quarter as period, paper_count, eligible_paper_count, is_complete
        from marts.entity_quarter_counts where entity_id = 'model:bert' order by all"""
    )
    series = corpus.trend("bert", "quarter").filter(pl.col("paper_count") > 0)
    assert series.select(stored.columns).sort("period").equals(stored.sort("period"))


def test_a_family_counts_as_in_its_mart(corpus: papertally.api.Published) -> None:
    stored = corpus.sql(
        """select entity_id, paper_count, mention_count, introducing_paper_count
        from marts.entity_family_counts where period = 'all' order by entity_id"""
    )
    counted = corpus.counts(*stored["entity_id"], with_family=True).select(stored.columns)
    assert len(stored) > 3
    assert counted.equals(stored)


def test_the_flow_adds_up(corpus: papertally.api.Published) -> None:
    wrong = corpus.sql(
        """select whole.source_name, whole.flow_step, whole.step_count, sum(part.step_count)
        from marts.corpus_flow as whole
        inner join marts.corpus_flow as part
            on whole.source_name = part.source_name and whole.flow_step = part.part_of
        group by all
        having sum(part.step_count) != whole.step_count"""
    )
    assert wrong.is_empty()


@pytest.mark.parametrize("spelling", ["gpt4", "GPT 4", "gpt-4", "Gpt\u20114", "model:gpt-4"])
def test_any_spelling_finds_the_name(corpus: papertally.api.Published, spelling: str) -> None:
    assert corpus.counts(spelling)["entity_id"].to_list() == ["model:gpt-4"]


def test_an_unknown_name_gets_suggestions(corpus: papertally.api.Published) -> None:
    with pytest.raises(UsageError, match=r"Did you mean: model:bert \(BERT"):
        corpus.trend("bertt")


def test_an_ambiguous_name_is_listed(corpus: papertally.api.Published) -> None:
    shared = corpus.sql(
        """select alias, list(entity_id) as ids from vocabulary.vocabulary_aliases
        group by alias having count(*) > 1 and alias not in (
            select entity_name from marts.dim_entities
            group by entity_name having count(*) = 1
        ) order by alias limit 1"""
    ).row(0, named=True)
    with pytest.raises(UsageError) as raised:
        corpus.counts(shared["alias"])
    assert all(entity_id in str(raised.value) for entity_id in shared["ids"])


def test_the_commands_print_what_python_returns(
    published_home: Path, corpus: papertally.api.Published
) -> None:
    done = run_papertally(published_home, "compare", "bert", "gpt", "--family", "--format", "json")
    expected = corpus.compare("bert", "gpt", grain="quarter", with_family=True)
    assert json.loads(done.stdout) == json.loads(json.dumps(expected.to_dicts(), default=str))

    shown = run_papertally(published_home, "trend", "bert", "--by", "year").stdout
    last = corpus.trend("bert", "year").to_dicts()[-1]
    assert f"{last['paper_count']:,}" in shown.splitlines()[-2] + shown.splitlines()[-3]


def test_an_export_holds_the_rows_of_the_tables(
    published_home: Path, corpus: papertally.api.Published, tmp_path: Path
) -> None:
    settings_ = load_settings({"PAPERTALLY_HOME": str(published_home)})
    expected = corpus.sql("select * from marts.entity_pairs")
    for suffix in ("parquet", "csv", "jsonl"):
        metadata = export(settings_, tmp_path, ["entity_pairs"], suffix)
        assert metadata["tables"] == [
            {
                "table": "marts.entity_pairs",
                "file": f"entity_pairs.{suffix}",
                "rows": len(expected),
            }
        ]
    assert pl.read_parquet(tmp_path / "entity_pairs.parquet").equals(expected)
    assert pl.read_csv(tmp_path / "entity_pairs.csv").equals(expected)
    assert pl.read_ndjson(tmp_path / "entity_pairs.jsonl").equals(expected)
    with pytest.raises(UsageError, match="not a public table"):
        export(settings_, tmp_path, ["raw.papers"], "csv")


def test_a_report_loads_nothing_and_escapes_its_text(
    home_copy: Path, corpus: papertally.api.Published, tmp_path: Path
) -> None:
    settings_ = load_settings({"PAPERTALLY_HOME": str(home_copy)})
    page = write_report(settings_, tmp_path, "bert").read_text()
    total = corpus.counts("bert").row(0, named=True)
    assert f"newest of {total['mention_count']:,}" in page
    assert page.count("<mark>") == min(100, total["mention_count"])
    assert "<svg" in page
    assert "<script" not in page
    assert 'src="' not in page
    assert "url(http" not in page
    whole = write_report(settings_, tmp_path, None)
    assert whole.name == "index.html"
    assert "From read to counted" in whole.read_text()


def test_a_table_of_evidence_ends_and_says_how_much_more_there_is(
    corpus: papertally.api.Published,
    published_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PAPERTALLY_HOME", str(published_home))
    total = len(corpus.evidence("Transformer"))
    assert total > 20
    for options, shown in (
        ((), 20),
        (("--limit", "0"), total),
        (("--format", "csv"), total),
        (("--format", "csv", "--limit", "3"), 3),
    ):
        monkeypatch.setattr("sys.argv", ["papertally", "evidence", "Transformer", *options])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        printed = capsys.readouterr()
        if "csv" in options:
            assert len(pl.read_csv(printed.out.encode())) == shown
        else:
            assert f"{total:,} mentions" in printed.out
        more = f"{total - shown:,} more of {total:,} mentions; --limit 0 for all"
        assert (more in printed.err) == (shown < total)
