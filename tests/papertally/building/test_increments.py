"""What is kept from the build before and what is done anew come to what a full build finds.

One build goes on from a file that was tampered with at random: papers are missing, have other
texts, are no longer there, or were matched with an older vocabulary.
"""

import random
import shutil
from pathlib import Path

import duckdb
import pytest

from matching.pool import Matcher
from papertally.building.dbt import run_dbt
from papertally.building.dbt_plugin import register_matching
from papertally.settings import load_settings

KEPT = {
    "int_papers_read": ("definitions", "companies"),
    "int_papers_matched": ("title_mentions", "abstract_mentions"),
    "int_papers_searched": ("title_mentions", "abstract_mentions"),
}
OLDER = """
update intermediate.int_vocabularies_listed set aliases = list_concat(
    aliases[:-{dropped}],
    [{{
        'alias_id': 1, 'alias': 'the', 'entity_type': 'method',
        'case_rule': 'insensitive', 'ambiguity': 'safe'
    }}]
)
"""


@pytest.fixture
def tampered(built_file: Path, tmp_path: Path) -> tuple[Path, int]:
    """A home whose build file is as earlier builds could have left it, and the seed for that."""
    home = tmp_path / "home"
    (home / "build").mkdir(parents=True)
    shutil.copyfile(built_file, home / "build" / "warehouse.duckdb")
    seed = random.SystemRandom().randrange(2**32)
    with duckdb.connect(home / "build" / "warehouse.duckdb") as con:
        register_matching(con, Matcher(processes=1))
        tamper(con, random.Random(seed))  # noqa: S311  # nothing here is a secret
    return home, seed


def tamper(con: duckdb.DuckDBPyConnection, chance: random.Random) -> None:
    papers = [row[0] for row in con.sql("from marts.dim_papers select paper_id").fetchall()]
    # an older vocabulary: it lacked some aliases and had one that is in nearly every text
    con.execute(OLDER.format(dropped=chance.randint(1, 400)))
    con.execute(
        "update intermediate.int_vocabularies_listed"
        " set vocabulary_key = compile_vocabulary(aliases, cues)"
    )
    older = con.sql("select vocabulary_key from intermediate.int_vocabularies_listed").fetchall()[0]
    for table, columns in KEPT.items():
        name = f"intermediate.{table}"
        some = {way: chance.sample(papers, len(papers) // 5) for way in ("gone", "new", "older")}
        if table == "int_papers_matched":
            con.execute(
                f"update {name} set vocabulary_key = $key,"
                " title_mentions = find_mentions(papers.title, $key),"
                " abstract_mentions = find_mentions(papers.abstract, $key)"
                f" from marts.dim_papers as papers where papers.paper_id = {table}.paper_id"
                f" and {table}.paper_id in (select unnest($papers))",
                {"key": older[0], "papers": some["older"]},
            )
        empty = ", ".join(f"{column} = []" for column in columns)
        con.execute(
            f"update {name} set content_hash = 'other', {empty}"
            " where paper_id in (select unnest($papers))",
            {"papers": some["new"]},
        )
        con.execute(
            f"insert into {name} select * replace ('vanished ' || paper_id as paper_id) from {name}"
            " where paper_id in (select unnest($papers))",
            {"papers": some["older"]},
        )
        con.execute(
            f"delete from {name} where paper_id in (select unnest($papers))",
            {"papers": some["gone"]},
        )


def test_any_path_of_increments_ends_at_the_full_build(
    tampered: tuple[Path, int], built_file: Path
) -> None:
    home, seed = tampered
    settings = load_settings({"PAPERTALLY_HOME": str(home), "PAPERTALLY_THREADS": "2"})
    changed = [f"{table}+1" for table in ("int_vocabularies_listed", *KEPT)]
    skipped = ("--exclude-resource-type", "unit_test", "test")
    run_dbt(settings, ["build", "--select", *changed, *skipped])
    with duckdb.connect(settings.build_file, read_only=True) as con:
        con.execute(f"attach '{built_file}' as whole (read_only)")
        for table in (*KEPT, "int_mentions_found", "int_definitions_found", "int_names_found"):
            for one, other in (("warehouse", "whole"), ("whole", "warehouse")):
                differing = con.sql(
                    f"from {one}.intermediate.{table} except all from {other}.intermediate.{table}"
                )
                assert differing.fetchall() == [], (table, f"seed {seed}")
