"""Homes to break: made once, copied for each trial, and what has to hold in every one of them."""

import hashlib
import json
import shutil
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "samples" / "papers.jsonl"

# When a load came and what it is called differs between two runs over the same papers.
NOT_COUNTED = {"first_loaded_at", "loaded_at", "load_id", "source_file"}
SAME_IN_ALL = """
select
    (select count(*) from marts.dim_papers) as papers,
    (select count(*) from marts.fct_mentions) as mentions,
    (select paper_count from marts.corpus_summary) as summary_papers,
    (select sum(mention_count) from marts.entity_counts) as counted_mentions,
    (select paper_count from quality.runs order by finished_at desc limit 1) as run_papers,
    (select mention_count from quality.runs order by finished_at desc limit 1) as run_mentions,
    (select run_id from quality.runs order by finished_at desc limit 1) as run_id
"""


class Broken(AssertionError):
    """A promise that did not hold."""


def require(holds, promise):
    if not holds:
        raise Broken(promise)


def copy(home, target):
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(home, target, symlinks=True))


def papers(path, first, count):
    """Write a file of made-up papers; the same numbers make the same bytes."""
    names = ("BERT", "GPT-4", "CLIP", "nothing", "ResNet")
    sets = ("GLUE", "SQuAD", "a thing")
    path.write_text(
        "".join(
            json.dumps(
                {
                    "title": f"Paper {n} on {names[n % 5]}",
                    "abstract": f"Text {n} is about {sets[n % 3]}{' too' * (n % 40)}.",
                    "published": f"2024-{n % 12 + 1:02}-01",
                }
            )
            + "\n"
            for n in range(first, first + count)
        )
    )
    return path


def consistent(con):
    """Return what a reader sees in one file, once its parts agree."""
    row = con.sql(SAME_IN_ALL).pl().to_dicts()[0]
    require(row["papers"] == row["summary_papers"] == row["run_papers"], f"mixed papers: {row}")
    require(
        row["mentions"] == row["counted_mentions"] == row["run_mentions"], f"mixed mentions: {row}"
    )
    return row


def seen(home):
    with duckdb.connect(str((home / "current.duckdb").resolve()), read_only=True) as con:
        return consistent(con)


def exports(path):
    """Return a digest of every mart as it would be exported, row for row."""
    digests = {}
    with duckdb.connect(str(path), read_only=True) as con:
        names = con.sql(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by all"
        ).fetchall()
        for (name,) in names:
            columns = [c for c in con.sql(f"from marts.{name}").columns if c not in NOT_COUNTED]
            quoted = ", ".join(f'"{c}"' for c in columns)
            rows = con.sql(f"select {quoted} from marts.{name} order by all").pl().write_ndjson()
            digests[name] = hashlib.blake2b(rows.encode(), digest_size=16).hexdigest()
    return digests


def raw(path):
    """Return a digest of the raw rows, with how often each is there."""
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(
            "select count(*), count(distinct record_hash), bit_xor(record_hash)::varchar,"
            " (select count(*) from raw.loads), (select sum(landed_count) from raw.loads)"
            " from raw.papers"
        ).fetchone()


def build_file(home):
    return home / "build" / "warehouse.duckdb"
