"""Review moves names into the seeds, and a change of the vocabulary shows what it moved."""

import csv
import shutil
from pathlib import Path

import duckdb
import numpy as np
import pytest

from papertally.errors import UsageError
from papertally.publishing.vocabulary_diff import as_text, differences
from papertally.settings import PROJECT_ROOT
from papertally.vocabulary.discovery import learn_weights
from papertally.vocabulary.review import accept, reject, slug
from papertally.vocabulary.single_papers import learn_paper_weights, text_hash


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    source, target = PROJECT_ROOT / "seeds", tmp_path / "seeds"
    return Path(shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__")))


def rows(seeds: Path, table: str) -> list[dict[str, str]]:
    with (seeds / f"vocabulary_{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_accepted_name_is_an_entity_with_a_spelling(seeds: Path) -> None:
    before = {table: rows(seeds, table) for table in ("entities", "aliases")}
    alias = accept("QuuxBench", "dataset", seeds=seeds)
    assert alias["entity_id"] == "dataset:quuxbench"
    assert (alias["ambiguity"], alias["source"]) == ("safe", "review")
    for table, old in before.items():
        new = rows(seeds, table)
        assert [row for row in new if row in old] == old, "the other rows keep their order"
        assert len(new) == len(old) + 1


def test_an_accepted_spelling_joins_its_entity(seeds: Path) -> None:
    accept("Quux Imagenet", "dataset", "dataset:imagenet", seeds=seeds)
    assert len(rows(seeds, "entities")) == len(rows(PROJECT_ROOT / "seeds", "entities"))
    assert {"alias": "Quux Imagenet", "entity_id": "dataset:imagenet"}.items() <= next(
        row for row in rows(seeds, "aliases") if row["alias"] == "Quux Imagenet"
    ).items()


@pytest.mark.parametrize(
    ("name", "ambiguity"), [("Quux", "never_alone"), ("QUX", "needs_context"), ("QuuxQA", "safe")]
)
def test_shape_decides_the_class(seeds: Path, name: str, ambiguity: str) -> None:
    assert accept(name, "model", seeds=seeds)["ambiguity"] == ambiguity


@pytest.mark.parametrize(
    ("name", "entity_type", "entity", "message"),
    [
        ("bert", "model", None, "known already"),
        ("QuuxQA", "task", None, "--type task"),
        ("QuuxQA", "model", "model:nowhere", "no such entity"),
        ("QuuxQA", "model", "dataset:imagenet", "is a dataset"),
        ("--", "model", None, "no name"),
    ],
)
def test_what_does_not_fit_changes_nothing(
    seeds: Path, name: str, entity_type: str, entity: str | None, message: str
) -> None:
    before = {path.name: path.read_bytes() for path in seeds.iterdir()}
    with pytest.raises(UsageError, match=message):
        accept(name, entity_type, entity, seeds=seeds)
    assert {path.name: path.read_bytes() for path in seeds.iterdir()} == before


def test_a_rejected_name_can_be_accepted_later_but_not_rejected_twice(seeds: Path) -> None:
    reject("QuuxOS", "an operating system", seeds=seeds)
    with pytest.raises(UsageError, match="already"):
        reject("quuxos", "the same", seeds=seeds)
    accept("QuuxOS", "model", seeds=seeds)
    assert "QuuxOS" not in {row["rejected_name"] for row in rows(seeds, "rejected_names")}
    with pytest.raises(UsageError, match="spelling of"):
        reject("QuuxOS", "no entity after all", seeds=seeds)


def test_the_slug_is_the_one_that_sql_makes(built_file: Path) -> None:
    with duckdb.connect(str(built_file), read_only=True) as con:
        pairs = con.sql("select name, name_key from intermediate.int_names_found").fetchall()
    assert pairs
    assert [(name, slug(name)) for name, _ in pairs] == pairs


def test_differences_show_counts_and_sentences(built_file: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.duckdb"
    shutil.copyfile(built_file, changed)
    with duckdb.connect(str(changed)) as con:
        con.execute("delete from marts.fct_mentions where entity_id = 'model:lstm'")
        con.execute("delete from marts.entity_counts where entity_id = 'model:lstm'")
    found = differences(built_file, changed)
    assert [row["entity_id"] for row in found["counts"]] == ["model:lstm"]
    assert found["mentions_gained"] < 0
    assert not found["gained"]
    assert all("LSTM" in row["sentence"].upper() for row in found["lost"])
    assert "model:lstm" in as_text(found)
    with pytest.raises(UsageError, match="nothing to compare"):
        differences(changed, changed)


def test_weights_are_learned_alike_each_time(built_file: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    with duckdb.connect(str(built_file), read_only=True) as con:
        examples = learn_weights(con, first)
        learn_weights(con, second)
    assert first.read_bytes() == second.read_bytes()
    assert examples["dataset"] > 0
    assert examples["none"] > 0
    with first.open(encoding="utf-8", newline="") as file:
        weights = {
            (row["cue"], row["entity_type"]): float(row["weight"]) for row in csv.DictReader(file)
        }
    assert np.isfinite(list(weights.values())).all()
    assert weights["after_dataset", "dataset"] > weights["after_dataset", "model"]


def test_weights_of_single_papers_are_learned_from_judged_names(
    built_file: Path, tmp_path: Path
) -> None:
    judged, path = tmp_path / "judged.csv", tmp_path / "weights.csv"
    path.write_text("scope,cue,entity_type,weight\ncorpus,seen,model,1.5\n", encoding="utf-8")
    with duckdb.connect(str(built_file), read_only=True) as con:
        names = con.execute(
            "select title, abstract, name, list_contains(cues, 'verb_from') as has_cue"
            " from intermediate.int_names_found"
            " inner join intermediate.int_papers_deduplicated using (paper_id)"
            " qualify row_number() over (partition by has_cue order by md5(name), start_char) <= 15"
        ).fetchall()

        def learned(kind: str) -> float:
            lines = [
                f"{text_hash(title, text)},{name},{kind if has_cue else ''}"
                for title, text, name, has_cue in names
            ]
            judged.write_text("\n".join(("text_hash,name,entity_type", *lines)), encoding="utf-8")
            assert learn_paper_weights(con, judged, path)["judged names"] > 10
            rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
            weights = {tuple(row[:3]): float(row[3]) for row in rows[1:]}
            assert weights["corpus", "seen", "model"] == 1.5
            return weights["paper", "verb_from", "metric"]

        assert learned("metric") > learned("model")
        judged.write_text("text_hash,name,entity_type\n0,X,model\n", encoding="utf-8")
        with pytest.raises(UsageError, match="none of these papers"):
            learn_paper_weights(con, judged, path)
