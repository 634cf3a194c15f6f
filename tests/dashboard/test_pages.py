"""Each page runs without an exception, and its headline is the query's number."""

import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard import phrases
from dashboard.queries import ambiguous, corpus, gates, names
from tests.dashboard.conftest import shown


def _metrics(test) -> dict[str, str]:
    return {metric.label: metric.value for metric in test.metric}


def test_overview_shows_the_corpus(app, con, published_home):
    test = app(published_home)
    assert not test.exception
    summary = corpus.summary(con)
    assert _metrics(test)["Papers"] == phrases.number(summary.paper_count)
    assert _metrics(test)["Mentions"] == phrases.number(summary.mention_count)
    words = shown(test)
    for entity_type in names.ENTITY_TYPES:
        for row in names.top(con, entity_type).iter_rows(named=True):
            assert f"names?name={row['entity_id']}" in words


@pytest.mark.parametrize("grain", ["year", "month"])
def test_periods_are_taken_from_the_address(app, published_home, grain):
    test = app(published_home, by=grain)
    assert not test.exception
    assert test.session_state["by"] == grain


def test_quality_shows_the_gate_and_what_is_uncounted(app, con, published_home):
    test = app(published_home, "quality")
    assert not test.exception
    gate = gates.latest(con)
    metrics = _metrics(test)
    assert metrics["Checks failed"] == f"{gate.failed_count} of {gate.check_count}"
    assert metrics["Strings uncounted"] == phrases.number(ambiguous.total(con))


def test_names_without_a_name_offers_where_to_begin(app, con, published_home):
    test = app(published_home, "names")
    assert not test.exception
    assert names.top(con, "model", 1)["entity_id"][0] in shown(test)


@pytest.mark.parametrize("words", ["gpt4", "GPT 4", "gpt-4"])
def test_search_finds_by_any_spelling(app, published_home, words):
    test = app(published_home, "names")
    test.text_input(key="q").set_value(words).run()
    assert not test.exception
    assert "names?name=model:gpt-4" in shown(test)


def test_search_shows_hostile_words_as_words(app, published_home):
    test = app(published_home, q="<img src=x onerror=alert(1)>")
    assert not test.exception
    assert "<img" not in shown(test)
    assert "&lt;img" in shown(test)


def test_deep_link_leads_to_a_name_and_its_evidence(app, con, published_home):
    entity_id = names.top(con, "model", 1)["entity_id"][0]
    test = app(published_home, "names", name=entity_id)
    assert not test.exception
    found = names.name(con, entity_id)
    assert found is not None
    assert _metrics(test)["Mentions"] == phrases.number(found.mention_count)
    assert _metrics(test)["Papers"] == phrases.number(found.paper_count)
    assert shown(test).count("<mark>") == min(found.mention_count, 20)


def test_filters_narrow_the_evidence(app, con, published_home):
    entity_id = names.top(con, "model", 1)["entity_id"][0]
    spelling = names.spellings(con, entity_id).row(0, named=True)
    test = app(published_home, "names", name=entity_id)
    test.selectbox(key="spelling").select(spelling["spelling"]).run()
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
    for page in ("overview", "names", "quality"):
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
    entity_id = names.top(con, "model", 1)["entity_id"][0]
    with duckdb.connect(str(path)) as writer:
        writer.execute(
            "update marts.dim_papers set published_on = null, published_precision = null"
        )
        for grain in ("year", "month"):
            writer.execute(f"delete from marts.corpus_{grain}_counts")
        writer.execute("checkpoint")
    _point(home, "undated")
    for test in (app(home), app(home, "names", name=entity_id)):
        assert not test.exception
        assert any("has a date" in info.value for info in test.info)


def _point(home: Path, version: str) -> None:
    new = home / "new.duckdb"
    new.symlink_to(Path("versions") / f"{version}.duckdb")
    new.replace(home / "current.duckdb")
