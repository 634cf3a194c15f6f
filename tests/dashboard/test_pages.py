"""Each page runs without an exception, and its headline is the query's number."""

import html
import re
import shlex
import shutil
from datetime import date
from itertools import combinations
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboard import flow, phrases
from dashboard.cue_words import cue_words
from dashboard.sql_examples import EXAMPLES
from queries import (
    ambiguous,
    card,
    corpus,
    discovered,
    families,
    gates,
    identity,
    linking,
    name_history,
    names,
    net,
    papers,
    ranking,
    review_queue,
    schema,
    series,
    tests,
    together,
)
from queries.scope import WHOLE, Scope
from tests.dashboard.conftest import shown

PAGES = (
    *("overview", "compare", "names", "papers", "together"),
    *("new_names", "quality", "sql", "about"),
)


def _metrics(test) -> dict[str, str]:
    return dict(re.findall(r"<dt>([^<]*)</dt><dd>(?:<a[^>]*>)?([^<]*)<", shown(test)))


def test_overview_shows_the_corpus(app, con, published_home):
    test = app(published_home)
    assert not test.exception
    summary = corpus.summary(con)
    assert _metrics(test)["Papers"] == phrases.number(summary.paper_count)
    assert _metrics(test)["Mentions"] == phrases.number(summary.mention_count)
    words = shown(test)
    for entity_type in ranking.ENTITY_TYPES:
        for row in ranking.top(con, entity_type).iter_rows(named=True):
            assert f"names?name={row['entity_id']}" in words


@pytest.mark.parametrize("grain", ["year", "quarter", "month"])
def test_periods_are_taken_from_the_address(app, published_home, grain):
    test = app(published_home, by=grain)
    assert not test.exception
    assert test.session_state["address-by"] == grain


def test_filters_hold_on_every_page_and_stand_in_every_link(app, con, published_home):
    scope = Scope(section="title", since=date(2019, 1, 1))
    summary = corpus.summary(con, scope)
    test = app(published_home, section="title", since="2019-01-01")
    assert _metrics(test)["Papers"] == phrases.number(summary.paper_count)
    assert _metrics(test)["Mentions"] == phrases.number(summary.mention_count)
    top = ranking.top(con, "model", scope, 1)["entity_id"][0]
    assert f"names?since=2019-01-01&amp;section=title&amp;name={top}" in shown(test)
    test = app(published_home, "names", name=top, section="title", since="2019-01-01")
    found = names.name(con, top, scope)
    assert found is not None
    assert _metrics(test)["Mentions"] == phrases.number(found.mention_count)


def test_what_is_chosen_is_written_to_the_address(app, published_home):
    test = app(published_home, "compare", name="model:transformer")
    test.segmented_control(key="address-show").set_value("cumulative").run()
    assert not test.exception
    assert test.query_params["show"] == "cumulative"
    test.segmented_control(key="address-roll").set_value("family").run()
    assert test.query_params["roll"] == "family"
    test.segmented_control(key="address-show").set_value("share").run()
    assert "show" not in test.query_params


def test_names_are_compared_by_any_spelling(app, published_home):
    test = app(published_home, "compare", name=["model:transformer", "model:none"])
    assert not test.exception
    test.multiselect(key="compared").set_value(["model:transformer", "gpt 4"]).run()
    assert test.query_params["name"] == ["model:transformer", "model:gpt-4"]
    assert "GPT-4" in shown(test)


def test_a_point_of_a_chart_opens_its_sentences(app, con, published_home):
    lines = series.lines_of(con, WHOLE, series.Lines(("model:transformer",), "year"))
    row = lines.filter(pl.col("share_paper_count") > 0).row(0, named=True)
    test = app(
        published_home, "compare", name="model:transformer", of="model:transformer",
        at=str(row["period"]),
    )  # fmt: skip
    assert not test.exception
    words = " ".join(block.value for block in test.markdown)
    assert f"in **{phrases.counted(row['share_paper_count'], 'paper')}**" in words


def test_a_paper_is_shown_with_every_mention_and_its_reason(app, con, published_home):
    rows = con.sql(
        "select paper_id, count(*) from marts.fct_mentions group by 1 order by 2 desc, 1 limit 1"
    ).fetchall()
    test = app(published_home, "papers", paper=rows[0][0])
    assert not test.exception
    # once in the text, once beside its reason, and four in the legend
    assert shown(test).count("<mark") == 2 * rows[0][1] + 4


def test_papers_are_found_by_words_and_names(app, con, published_home):
    test = app(published_home, "papers", words="language model", naming="gpt4")
    assert not test.exception
    wanted = papers.Wanted("language model", entity_id="model:gpt-4")
    count = papers.found(con, WHOLE, wanted, 1).count
    assert f"**{phrases.counted(count, 'paper')}**" in test.markdown[0].value


@pytest.mark.parametrize("view", ["matrix", "network"])
def test_pairs_are_shown(app, published_home, view):
    test = app(published_home, "together", **{"as": view, "pairs": "1"})
    assert not test.exception
    assert "papers with both" in shown(test)


def test_the_queue_shows_score_evidence_and_the_commands_that_decide(app, con, published_home):
    queue = review_queue.queue(con, limit=20)
    row = queue.row(0, named=True)
    test = app(published_home, "new_names", decide=row["name_key"])
    assert not test.exception
    words = shown(test)
    assert f"{row['score']:.2f}" in words
    assert cue_words(row["evidence"]) in html.unescape(words)
    commands = [block.value for block in test.code]
    for command in commands:
        assert shlex.split(command.splitlines()[0])[:2] == ["papertally", "vocabulary"]
        assert shlex.split(command.splitlines()[0])[-1] == row["entity_name"]
    entity_id = discovered.queue(con, limit=1)["entity_id"][0]
    test = app(published_home, "new_names", list="definition", decide=entity_id)
    assert not test.exception
    assert any("vocabulary accept" in block.value for block in test.code)


def test_what_is_new_is_listed_apart_from_what_rises(app, con, published_home):
    window = card.window(con)
    test = app(published_home, "new_names", list="first")
    assert not test.exception
    if window is None:
        assert any("do not cover two" in info.value for info in test.info)
    else:
        new = card.moving(con, card.NEW, window, None)
        assert all(name in shown(test) for name in new["entity_id"].head(3))


def test_the_flow_from_read_to_counted_adds_up_and_is_shown(app, con, published_home):
    steps = card.steps(con)
    assert flow.adds_up(steps)
    assert not flow.adds_up(steps | {"papers": steps["papers"] + 1})
    words = shown(app(published_home))
    for step in ("read", "accepted", "eligible", "naming"):
        assert f"<strong>{phrases.number(steps[step])}</strong>" in words


def test_what_rises_is_what_the_mart_tested(app, con, published_home):
    test = app(published_home)
    window = card.window(con)
    if window is None:
        assert any("Nothing rises or falls" in info.value for info in test.info)
        return
    for kind in ranking.ENTITY_TYPES:
        rising = card.moving(con, "rising", window, kind)
        assert (rising["q_value"] <= 0.05).all()
        assert all(entity_id in shown(test) for entity_id in rising["entity_id"].head(3))
    assert not app(published_home, trend="falling").exception


def test_a_paper_says_where_it_comes_from(app, con, published_home):
    paper_id = con.sql("select paper_id from marts.dim_papers order by 1 limit 1").fetchall()[0][0]
    test = app(published_home, "papers", paper=paper_id)
    assert not test.exception
    words = shown(test)
    cells, known = identity.provenance(con, paper_id), identity.identifiers(con, paper_id)
    assert len(cells) >= 1
    assert cells["source_line"].null_count() == 0
    assert len(known) >= 1
    for row in known.iter_rows(named=True):
        assert f">{row['identifier']}<" in words


def test_a_net_holds_the_pairs_of_every_two_types(con):
    types = ("model", "dataset", "metric")
    whole = net.met(con, WHOLE, types, 6, 1)
    parts = [together.met(con, WHOLE, *two, 6, 1) for two in combinations(types, 2)]
    assert sorted(whole.rows()) == sorted(row for part in parts for row in part.rows())
    written = net.across(WHOLE, types, 6, 1).written_out()
    assert len(con.sql(written).pl()) == len(whole)


def test_a_family_is_compared_as_its_top(con):
    tops = families.tops(con, ("model:gpt-4", "model:transformer"))
    assert tops["model:gpt-4"] == "model:gpt"


def test_the_sources_of_a_name_are_those_of_its_papers(con):
    entity_id = ranking.top(con, "model", limit=1)["entity_id"][0]
    whole = name_history.sources(con, entity_id)
    anew = name_history.sources(con, entity_id, Scope(since=date(1900, 1, 1)))
    total = names.name(con, entity_id)
    assert total is not None
    assert whole["paper_count"].sum() == total.paper_count
    if con.sql("select count(*) from marts.dim_papers where published_on is null").fetchall() == [
        (0,)
    ]:
        assert anew["paper_count"].to_list() == whole["paper_count"].to_list()


@pytest.mark.parametrize("title", EXAMPLES)
def test_every_example_of_sql_answers(con, title):
    con.sql(EXAMPLES[title]).limit(5).fetchall()


def test_sql_answers_and_refuses_in_words(app, published_home):
    test = app(published_home, "sql", sql="select 6 * 7 as answer")
    assert not test.exception
    assert ">42<" in shown(test)
    test = app(published_home, "sql", sql="drop table marts.dim_papers")
    assert not test.exception
    assert "Only statements that read" in test.code[0].value


def test_about_cites_the_run(app, con, published_home):
    test = app(published_home, "about", table="marts.entity_counts")
    assert not test.exception
    run_id = corpus.freshness(con).run_id
    assert run_id is not None
    assert run_id in test.code[0].value


def test_quality_shows_the_gate_and_what_is_uncounted(app, con, published_home):
    test = app(published_home, "quality")
    assert not test.exception
    gate = gates.latest(con)
    metrics = _metrics(test)
    assert metrics["Checks failed"] == f"{gate.failed_count} of {gate.check_count}"
    assert metrics["Strings uncounted"] == phrases.number(ambiguous.total(con))
    landed = tests.summary(con)
    assert landed.test_count > 200
    assert landed.failing_count == 0
    assert any(
        f"{phrases.number(landed.passed_count)} of" in block.value for block in test.markdown
    )
    words = shown(test)
    for source_name in linking.completeness(con)["source_name"]:
        assert f"<td>{source_name}" in words or f">{source_name}<" in words


def test_landed_tables_and_their_columns_are_described(con):
    described = schema.columns(con).filter(pl.col("table_name") == "quality.dbt_tests")
    assert described["description"].null_count() == 0
    assert schema.tables(con)["description"].null_count() == 0


@pytest.mark.parametrize("page", ["quality", "about", "sql"])
def test_a_page_that_no_filter_changes_says_so(app, published_home, page):
    test = app(published_home, page, section="title")
    assert not test.exception
    assert any("filters" in caption.value and "change" in caption.value for caption in test.caption)


def test_names_without_a_name_offers_where_to_begin(app, con, published_home):
    test = app(published_home, "names")
    assert not test.exception
    assert ranking.top(con, "model", limit=1)["entity_id"][0] in shown(test)


@pytest.mark.parametrize("words", ["gpt4", "GPT 4", "gpt-4"])
def test_search_finds_by_any_spelling(app, published_home, words):
    test = app(published_home, "names")
    test.text_input(key="address-q").set_value(words).run()
    assert not test.exception
    assert "names?name=model:gpt-4" in shown(test)


def test_search_shows_hostile_words_as_words(app, published_home):
    test = app(published_home, q="<img src=x onerror=alert(1)>")
    assert not test.exception
    assert "<img" not in shown(test)
    assert "&lt;img" in shown(test)


def test_deep_link_leads_to_a_name_and_its_evidence(app, con, published_home):
    entity_id = ranking.top(con, "model", limit=1)["entity_id"][0]
    test = app(published_home, "names", name=entity_id)
    assert not test.exception
    found = names.name(con, entity_id)
    assert found is not None
    assert _metrics(test)["Mentions"] == phrases.number(found.mention_count)
    assert _metrics(test)["Papers"] == phrases.number(found.paper_count)
    assert shown(test).count("<mark>") == min(found.mention_count, 20)


def test_filters_narrow_the_evidence(app, con, published_home):
    entity_id = ranking.top(con, "model", limit=1)["entity_id"][0]
    spelling = names.spellings(con, entity_id).row(0, named=True)
    test = app(published_home, "names", name=entity_id)
    test.selectbox(key="address-spelling").select(spelling["spelling"]).run()
    assert not test.exception
    assert shown(test).count("<mark>") == min(spelling["mention_count"], 20)


def test_every_name_has_a_page(app, con, published_home):
    """The most, the least and the never mentioned, and one of each type."""
    chosen = con.sql(
        """
        (select entity_id from marts.entity_counts order by mention_count desc limit 1)
        union all
        (select entity_id from marts.entity_counts order by mention_count, entity_id limit 1)
        union all
        (
            select entity_id from marts.dim_entities
            where entity_id not in (select entity_id from marts.entity_counts)
            order by entity_id limit 1
        )
        union all
        (select min(entity_id) from marts.entity_counts group by entity_type)
        """
    ).fetchall()
    for (entity_id,) in chosen:
        assert not app(published_home, "names", name=entity_id).exception, entity_id


def test_an_unknown_name_is_said_so(app, published_home):
    test = app(published_home, "names", name="model:<b>none</b>")
    assert not test.exception
    assert "No name here has the id" in shown(test)
    assert "<b>" not in shown(test)


def test_an_empty_home_gets_help(app, tmp_path):
    for page in PAGES:
        test = app(tmp_path, page)
        assert not test.exception
        assert test.title[0].value == "Nothing is published yet"
        assert "make run" in test.code[0].value


@pytest.mark.parametrize("content", [b"", b"this is not a database", b"\x00" * 20_000])
def test_a_broken_file_gets_help(app, tmp_path, content):
    (tmp_path / "current.duckdb").write_bytes(content)
    test = app(tmp_path)
    assert not test.exception
    assert test.title[0].value == "The published file cannot be read"


def test_a_file_of_another_version_gets_help(app, tmp_path):
    with duckdb.connect(str(tmp_path / "current.duckdb")) as con:
        con.execute("create schema marts")
    test = app(tmp_path)
    assert not test.exception
    assert test.title[0].value == "The published file is of another version"
    assert "papertally publish" in test.code[0].value
    assert "papertally run" not in test.code[0].value  # it would add the embedded papers


def test_a_pointer_to_nothing_gets_help(app, tmp_path):
    (tmp_path / "current.duckdb").symlink_to("versions/gone.duckdb")
    test = app(tmp_path)
    assert not test.exception
    assert test.title[0].value == "The published file cannot be read"


def test_a_new_publication_is_followed_without_a_restart(app, published_home, tmp_path):
    home = tmp_path / "home"
    (home / "versions").mkdir(parents=True)
    current = (published_home / "current.duckdb").resolve()
    for version in ("one", "two"):
        shutil.copy(current, home / "versions" / f"{version}.duckdb")
    with duckdb.connect(str(home / "versions" / "two.duckdb")) as con:
        con.execute(
            "create or replace table marts.dim_papers as "
            "select * from marts.dim_papers order by paper_id limit 7"
        )
        con.execute("update marts.corpus_summary set paper_count = 7")
        con.execute("checkpoint")
    _point(home, "one")
    test = app(home)
    before = _metrics(test)["Papers"]
    _point(home, "two")
    test.run()
    assert not test.exception
    assert before != "7"
    assert _metrics(test)["Papers"] == "7"
    _point(home, "one")
    assert _metrics(test.run())["Papers"] == before


def test_undated_papers_get_an_explained_empty_state(app, con, published_home, tmp_path):
    home = tmp_path / "home"
    (home / "versions").mkdir(parents=True)
    path = home / "versions" / "undated.duckdb"
    shutil.copy((published_home / "current.duckdb").resolve(), path)
    entity_id = ranking.top(con, "model", limit=1)["entity_id"][0]
    with duckdb.connect(str(path)) as writer:
        writer.execute(
            "update marts.dim_papers set published_on = null, published_precision = null"
        )
        writer.execute(
            "update marts.corpus_summary set dated_paper_count = 0, first_published_on = null,"
            " first_published_precision = null, last_published_on = null,"
            " last_published_precision = null, last_complete_month = null"
        )
        for grain in ("year", "quarter", "month"):
            writer.execute(f"delete from marts.corpus_{grain}_counts")
        for tested in ("trends", "change_points"):
            writer.execute(f"delete from marts.entity_{tested}")
        writer.execute("checkpoint")
    _point(home, "undated")
    for test in (app(home), app(home, "names", name=entity_id)):
        assert not test.exception
        assert any("has a date" in info.value for info in test.info)
    assert any("Nothing rises or falls" in info.value for info in app(home).info)
    assert any("do not cover" in info.value for info in app(home, "new_names", list="first").info)


def _point(home: Path, version: str) -> None:
    new = home / "new.duckdb"
    new.symlink_to(Path("versions") / f"{version}.duckdb")
    new.replace(home / "current.duckdb")
