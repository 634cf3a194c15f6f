"""`papertally snapshots`, `diff` and `rollback`: what is kept, what moved, and the way back."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from papertally.commands.options import AsJson
from papertally.settings import load_settings
from papertally.terminal import print_json, say
from papertally.visible import cell, in_line

if TYPE_CHECKING:
    from papertally.publishing.differences import Difference
    from papertally.publishing.snapshots import Snapshot

Named = "A snapshot id or run id, or its beginning; current; previous."


def snapshots(as_json: AsJson = False) -> None:
    """List the published files that are kept, newest first; * marks what readers see."""
    from papertally.publishing.snapshots import list_snapshots

    kept = list_snapshots(load_settings())
    if as_json:
        print_json([asdict(snapshot) for snapshot in kept])
        return
    if not kept:
        say("Nothing is published yet. Run: papertally run FILE…")
    for snapshot in kept:
        mark = "*" if snapshot.is_current else " "
        print(
            f"{mark} {snapshot.snapshot_id or '-':16}  {in_line(snapshot.run_id or snapshot.name)}"
            f"  {_number(snapshot.paper_count):>11} papers"
            f"  {_number(snapshot.mention_count):>11} mentions"
            f"{'' if snapshot.is_readable else '  damaged'}"
        )


def diff(
    before: Annotated[str, typer.Argument(help=Named)] = "previous",
    after: Annotated[str, typer.Argument(help=Named)] = "current",
    limit: Annotated[int, typer.Option(min=1, help="Names to print.")] = 40,
    as_json: AsJson = False,
) -> None:
    """Show which counts moved between two published files, and whether papers or rules did it."""
    from papertally.publishing.differences import compare
    from papertally.publishing.snapshots import find_snapshot

    settings = load_settings()
    old, new = find_snapshot(settings, before), find_snapshot(settings, after)
    difference = compare(old, new)
    if as_json:
        print_json({"before": asdict(old), "after": asdict(new)} | asdict(difference))
    else:
        _print_difference(old, new, difference, limit)


def rollback(
    to: Annotated[str, typer.Argument(help=Named)] = "previous",
) -> None:
    """Point readers to an older published file; the build file stays as it is."""
    from papertally.lock import pipeline_lock
    from papertally.publishing.snapshots import roll_back

    settings = load_settings()
    with pipeline_lock(settings, "rollback", say):
        snapshot = roll_back(settings, to)
    say(f"Readers now see {snapshot.path}. The next publication takes them forward again.")


def _print_difference(
    old: "Snapshot", new: "Snapshot", difference: "Difference", limit: int
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    for name, (count_before, count_after) in difference.totals.items():
        print(f"{name}: {count_before:,} -> {count_after:,} ({count_after - count_before:+,})")
    if difference.causes is None:
        print("differs in: not recorded (one of the files is of an earlier version)")
    else:
        print(f"differs in: {', '.join(difference.causes) or 'nothing'}")
    if not difference.moved:
        print("No name is counted in other papers than before.")
        return
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("name", overflow="fold")
    table.add_column("type")
    for heading in ("papers before", "after", "by papers", "by rules"):
        table.add_column(heading, justify="right")
    for row in difference.moved[:limit]:
        table.add_row(
            cell(row["entity_name"]),
            row["entity_type"],
            f"{row['paper_count_before']:,}",
            f"{row['paper_count_after']:,}",
            f"{row['change_by_papers']:+,}",
            f"{row['change_by_rules']:+,}",
        )
    Console().print(table)
    if (left := len(difference.moved) - limit) > 0:
        print(f"… and {left:,} more names; --limit or --json shows them.")
    print(f"Compared: {in_line(old.name)} with {in_line(new.name)}")


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"
