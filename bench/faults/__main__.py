"""Faults planted on purpose, and what became of them.

    python -m bench.faults [--seed N] [--folder DIR] [PART…]

All parts are run when none is named. Results gather in DIR/trials.jsonl until that is removed.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.faults import damage, kills, machine, readers
from bench.faults.fetching import fetch_kills
from bench.faults.place import Place
from bench.faults.planted import count_planted, nothing_planted_is_published

PARTS = {
    "ingest": lambda place, seeded: kills.in_ingest(place, seeded, 12),
    "build": lambda place, seeded: kills.in_build(place, seeded, 8, in_a_row=4),
    "check": lambda place, seeded: kills.in_check(place, seeded, 5),
    "publish": lambda place, seeded: kills.by_change(place, seeded, 16, "publish", place.checked),
    "rollback": lambda place, seeded: kills.in_rollback(place, seeded, 6),
    "restore": lambda place, seeded: kills.by_change(
        place, seeded, 6, "restore", place.published, place.backup
    ),
    "fetch": lambda place, seeded: fetch_kills(place, seeded, 8),
    "disks": lambda place, seeded: machine.full_disk(place),
    "permissions": lambda place, seeded: machine.without_permission(place),
    "damage": damage.damaged_build_file,
    "pointers": lambda place, seeded: damage.wrong_pointers(place),
    "locks": lambda place, seeded: damage.two_at_once(place),
    "homes": lambda place, seeded: damage.odd_homes(place),
    "readers": lambda place, seeded: readers.many_readers(place),
    "gate": lambda place, seeded: count_planted(place, "gate"),
    "planted": lambda place, seeded: nothing_planted_is_published(place),
    "sandbox": lambda place, seeded: count_planted(place, "sandbox"),
}
"""Each is seeded and can be run alone; the first seven kill."""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "papertally-faults"
    )
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    place = Place(options.folder)
    for part in options.parts or PARTS:
        PARTS[part](place, random.Random(f"{options.seed} {part}"))  # noqa: S311
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
