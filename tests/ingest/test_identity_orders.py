"""Works and crosswalk do not depend on how their records arrive: order, files, threads."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats import FORMATS
from ingest.land import land_file
from ingest.tables import create_raw_tables
from papertally.building.dbt import run_dbt
from papertally.settings import load_settings

RESULTS = ("dim_papers", "paper_identifiers", "paper_provenance", "title_links")
WHEN_LOADED = {"dim_papers": "first_loaded_at"}
SOURCES = ("listing", "preprints", "proceedings")

# few values, so that records share titles, identifiers and authors in every way
titles = st.sampled_from(
    ["Deep nets that count papers", "Deep Nets That Count Papérs!", "A study", "BERT: a model"]
)
abstracts = st.sampled_from([None, "We count what papers name.", "One more text on BERT."])
records = st.fixed_dictionaries(
    {"title": titles, "abstract": abstracts},
    optional={
        "paper_id": st.sampled_from(["1", "2", "3"]),
        "authors": st.sampled_from(["Ada Byron", "Byron, Ada; Li Wei", "Li Wei"]),
        "published": st.sampled_from(["2020", "2020-03", "2020-03-07", "2021-01-01", "soon"]),
        "updated": st.sampled_from(["2021-05-05", "2020-03-08"]),
        "venue": st.sampled_from(["V", "W"]),
        "url": st.sampled_from(["https://arxiv.org/abs/2003.00001v2", "https://a.org/1"]),
        "arxiv_id": st.sampled_from(["2003.00001", "2003.00001v3", "2003.00002"]),
        "doi": st.sampled_from(["10.1000/a", "10.1000/B", "10.48550/arXiv.2003.00002"]),
        "acl_id": st.sampled_from(["P18-1001", "2020.acl-long.1"]),
        "openreview_id": st.sampled_from(["abc", "def"]),
    },
)
corpora = st.lists(st.tuples(st.sampled_from(SOURCES), records), min_size=12, max_size=40)


class Identity:
    """The models of identity, as dbt compiled them, in a warehouse of their own."""

    def __init__(self, home: Path, folder: Path) -> None:
        manifest = json.loads((home / "build" / "dbt" / "manifest.json").read_text())
        self._nodes: dict[str, Any] = manifest["nodes"]
        self._compiled = home / "build" / "dbt" / "compiled" / "papertally"
        self._folder = folder
        self.con = duckdb.connect()
        self.con.execute("attach ':memory:' as warehouse; use warehouse")
        create_raw_tables(self.con)
        for schema in ("staging", "intermediate", "marts", "quality"):
            self.con.execute(f"create schema {schema}")
        self.order: list[str] = []
        for name in RESULTS:
            self._add(next(key for key in self._nodes if key.endswith(f".{name}")))

    def _add(self, key: str) -> None:
        """Take a model behind all that it reads."""
        node = self._nodes.get(key)
        if node is None or node["resource_type"] != "model" or key in self.order:
            return
        for parent in node["depends_on"]["nodes"]:
            self._add(parent)
        self.order.append(key)

    def works(self, files: list[tuple[str, list[dict[str, object]]]], threads: int):
        """Land files of a source each, build, and return every row of the results."""
        self.con.execute(f"set threads = {threads}")
        for table in ("papers", "rejected_papers", "loads", "load_verdicts"):
            self.con.execute(f"delete from raw.{table}")
        for number, (source, rows) in enumerate(files):
            path = self._folder / f"{number}.jsonl"
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            land_file(
                self.con,
                path,
                FORMATS["jsonl"],
                source_name=source,
                loaded_by="the tests",
                columns={},
            )
        for key in self.order:
            # views too become tables: what reads them would plan their many patterns again
            relation = self._nodes[key]["relation_name"]
            sql = (self._compiled / self._nodes[key]["original_file_path"]).read_text()
            self.con.execute(f"create or replace table {relation} as {sql}")
        return {name: self._rows(name) for name in RESULTS}

    def _rows(self, name: str) -> list[tuple[Any, ...]]:
        relation = next(
            self._nodes[key]["relation_name"] for key in self.order if key.endswith(f".{name}")
        )
        left_out = f"exclude ({WHEN_LOADED[name]})" if name in WHEN_LOADED else ""
        return self.con.sql(f"select * {left_out} from {relation} order by all").fetchall()


@pytest.fixture(scope="module")
def identity(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """The models as they were compiled for the published home."""
    return Identity(published_home, tmp_path_factory.mktemp("identity"))


@settings(deadline=None, max_examples=6)
@given(corpus=corpora, data=st.data())
def test_order_files_and_threads_change_no_work_and_no_link(identity, corpus, data):
    by_source = [
        (source, [row for of, row in corpus if of == source])
        for source in SOURCES
        if any(of == source for of, _ in corpus)
    ]
    shuffled = data.draw(st.permutations(corpus))
    cuts = data.draw(st.sets(st.integers(1, len(corpus) - 1), max_size=6))
    files: list[tuple[str, list[dict[str, object]]]] = []
    for place, (source, row) in enumerate(shuffled):
        if files and files[-1][0] == source and place not in cuts:
            files[-1][1].append(row)
        else:
            files.append((source, [row]))
    expected = identity.works(by_source, threads=1)
    assert expected["dim_papers"]
    assert identity.works(files, threads=data.draw(st.sampled_from([1, 2, 4]))) == expected


def test_mentions_do_not_depend_on_the_order_of_records_or_on_threads(home_copy: Path) -> None:
    build_file = home_copy / "build" / "warehouse.duckdb"
    results = {
        "dim_papers": "select * exclude (first_loaded_at) from marts.dim_papers order by all",
        "paper_identifiers": "from marts.paper_identifiers order by all",
        "fct_mentions": "from marts.fct_mentions order by all",
    }
    with duckdb.connect(build_file) as con:
        before = {name: con.sql(query).fetchall() for name, query in results.items()}
        con.execute("create table shuffled as from raw.papers order by md5(title)")
        con.execute("delete from raw.papers; insert into raw.papers from shuffled")
        con.execute("drop table shuffled; delete from marts.dim_papers; checkpoint")
    settings_of_home = load_settings({"PAPERTALLY_HOME": str(home_copy), "PAPERTALLY_THREADS": "1"})
    select = ["int_papers_normalised+,+fct_mentions", "dim_papers", "paper_identifiers"]
    run_dbt(settings_of_home, ["run", "--select", *select])
    with duckdb.connect(build_file, read_only=True) as con:
        after = {name: con.sql(query).fetchall() for name, query in results.items()}
    assert len(before["fct_mentions"]) > 100
    assert after == before
