"""What an increment costs beside a full build, and whether it ends at the same exports.

    python -m bench.incremental [SIZE] [SEED]

Made-up papers are built in full; then come 1 % new papers, one changed paper and one new alias, in
a random order, and last nothing new. A second home builds the same in one go, and every table of
`marts` has to be equal. The clone is copied, since an alias is added to it.
"""

import json
import random
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bench.measured import ROOT, keep, papertally
from papertally.literals import literal
from papertally.vocabulary.synth import write_papers

ALIAS = "ArBelCorNet,model:bert,insensitive,safe,made up\n"
"""A name that one made-up paper of 3,360 writes."""
COPIED = ("*.py", "*.sql", "*.yml", "*.csv", "*.toml", "*.jsonl", "*.html")


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(1_000)
    with TemporaryDirectory(prefix="papertally-bench-") as name:
        folder = Path(name)
        clone = copy_of_the_clone(folder / "clone")
        files = inputs(folder, size)
        home = folder / "home"
        papertally(home, "ingest", files["first"], "--source", "made-up", root=clone)
        papertally(folder / "warm", "build", root=clone)
        rows = {"full build": papertally(home, "build", root=clone)}
        rows["empty build"] = papertally(folder / "empty", "build", root=clone)
        steps = ["1 % new papers", "one changed paper", "one new alias"]
        random.Random(seed).shuffle(steps)  # noqa: S311  # nothing here is a secret
        for step in [*steps, "nothing new"]:
            if step in files:
                papertally(home, "ingest", files[step], "--source", "made-up", root=clone)
            if step == "one new alias":
                with (clone / "seeds" / "vocabulary_aliases.csv").open("a") as aliases:
                    aliases.write(ALIAS)
                papertally(folder / "alias", "build", root=clone)  # what is parsed once a clone
            rows[step] = papertally(home, "build", root=clone)
        whole = folder / "whole"
        for step in ["first", *(step for step in steps if step in files)]:
            papertally(whole, "ingest", files[step], "--source", "made-up", root=clone)
        papertally(whole, "build", root=clone)
        differing = differences(home, whole)
    full, fixed = rows["full build"]["cpu_seconds"], rows["empty build"]["cpu_seconds"]
    print(f"{size:,} papers, seed {seed}: {', '.join(steps)}")
    for what, row in rows.items():
        share = (row["cpu_seconds"] - fixed) / (full - fixed)
        print(f"{what:20} {row['seconds']:8.1f} s {row['cpu_seconds']:8.1f} CPU s"
              f" {row['cpu_seconds'] / full:7.1%} of the full build,"
              f" {share:7.1%} without the fixed cost")  # fmt: skip
    print(f"tables of marts that differ from those of one go: {differing or 'none'}")
    keep("incremental", {"papers": size, "seed": seed, "rows": rows, "differing": differing})
    sys.exit(bool(differing))


def copy_of_the_clone(target):
    for pattern in COPIED:
        for path in ROOT.rglob(pattern):
            place = path.relative_to(ROOT)
            if not place.parts[0].startswith((".", "target", "warehouse", "artifacts", "bench")):
                (target / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / place)
    return target


def inputs(folder, size):
    """Write the files of each step; all but the last 1 % of the papers come first."""
    whole = folder / "whole.jsonl"
    write_papers(size + size // 100, "jsonl", whole)
    lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = json.loads(lines[0])
    changed["abstract"] += " We also report BLEU on ImageNet with GPT-4."
    changed["updated"] = "2030-01-01"
    texts = {
        "first": "".join(lines[:size]),
        "1 % new papers": "".join(lines[size:]),
        "one changed paper": json.dumps(changed) + "\n",
    }
    files = {step: folder / f"{step.replace(' % ', '-').replace(' ', '-')}.jsonl" for step in texts}
    for step, path in files.items():
        path.write_text(texts[step], encoding="utf-8")
    return files


def differences(home, whole):
    """Return the tables of marts that do not hold the same rows; times of loading aside."""
    with duckdb.connect() as con:
        for name, path in (("one", home), ("other", whole)):
            file = literal(path / "build" / "warehouse.duckdb")
            con.execute(f"attach {file} as {name} (read_only)")
        tables = con.sql(
            "select table_name from duckdb_tables()"
            " where database_name = 'one' and schema_name = 'marts' order by all"
        ).fetchall()
        found = []
        for (table,) in tables:
            sides = [
                f"(select columns(c -> c not like '%loaded_at') from {name}.marts.{table})"
                for name in ("one", "other")
            ]
            for left, right in (sides, sides[::-1]):
                if con.sql(f"from {left} except all from {right}").fetchone():
                    found.append(table)
        return sorted(set(found))


if __name__ == "__main__":
    main()
