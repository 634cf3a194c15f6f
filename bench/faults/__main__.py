"""Faults planted on purpose, and what became of them.

    python -m bench.faults [--seed N] [--folder DIR] [PART…]

Parts: ingest build check publish rollback restore fetch (kills), damage, machine, readers, gate,
sandbox; all when none is named. Each is seeded and can be run alone; results gather in
DIR/trials.jsonl until that is removed.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.faults.damage import all_damage
from bench.faults.kills import all_kills
from bench.faults.machine import all_refusals
from bench.faults.place import Place
from bench.faults.planted import count_planted
from bench.faults.readers import many_readers

KILLS = ("ingest", "build", "check", "publish", "rollback", "restore", "fetch")
PARTS = (*KILLS, "damage", "machine", "readers", "gate", "sandbox")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "papertally-faults"
    )
    options = parser.parse_args()
    parts = options.parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    place = Place(options.folder)
    seeded = random.Random(options.seed)  # noqa: S311
    all_kills(place, seeded, parts)
    if "damage" in parts:
        all_damage(place, seeded)
    if "machine" in parts:
        all_refusals(place)
    if "readers" in parts:
        many_readers(place)
    count_planted(place, [part for part in ("gate", "sandbox") if part in parts])
    report(place)
    sys.exit(any(trial["broken"] for trial in place.trials))


def report(place):
    """Print a table of all that was tried in this folder, and write it as JSON."""
    trials = [json.loads(line) for line in (place.kept / "trials.jsonl").read_text().splitlines()]
    tried = Counter((trial["kind"], trial["phase"]) for trial in trials)
    held = Counter((t["kind"], t["phase"]) for t in trials if not t["broken"])
    print(f"\n{'what':8} {'where':12} {'tried':>6} {'held':>6}")
    for key, count in sorted(tried.items()):
        print(f"{key[0]:8} {key[1]:12} {count:6} {held[key]:6}")
    figures = {
        f"{kind}s": {
            "tried": sum(n for key, n in tried.items() if key[0] == kind),
            "held": sum(n for key, n in held.items() if key[0] == kind),
        }
        for kind in sorted({key[0] for key in tried})
    }
    figures["looks"] = sum(trial.get("looks", 0) for trial in trials)
    figures |= {trial["phase"]: trial["figures"] for trial in trials if "figures" in trial}
    (place.kept / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
