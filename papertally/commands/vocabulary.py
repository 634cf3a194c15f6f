"""`papertally vocabulary`: what review does with discovered names, and what a change moves."""

from pathlib import Path
from typing import Annotated

import typer

from papertally.commands.options import AsJson
from papertally.errors import PUBLISH_ANEW
from papertally.settings import load_settings
from papertally.terminal import print_json, say
from papertally.visible import visible

app = typer.Typer(
    help="Review discovered names; see what a change of the vocabulary moves.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(help="The spelling, as papers write it.")]


@app.command()
def accept(
    name: Name,
    entity_type: Annotated[str, typer.Option("--type", help="model, dataset, metric or method.")],
    as_entity: Annotated[
        str | None, typer.Option("--as", help="The entity_id that it is a spelling of.")
    ] = None,
) -> None:
    """Add a name to the seeds: as an entity of its own, or as a spelling of another."""
    from papertally.vocabulary import review as vocabulary

    alias = vocabulary.accept(name, entity_type, as_entity)
    say(
        f"{alias['alias']} names {alias['entity_id']} ({alias['case_rule']},"
        f" {alias['ambiguity']}). It counts from the next build: {PUBLISH_ANEW}"
    )


@app.command()
def reject(
    name: Name,
    reason: Annotated[str, typer.Option(help="What it is instead.")] = "no entity",
) -> None:
    """Note that a name is no entity, so that it is not discovered again."""
    from papertally.vocabulary import review as vocabulary

    row = vocabulary.reject(name, reason)
    say(f"{row['rejected_name']} is not discovered any more, from the next build: {PUBLISH_ANEW}")


@app.command()
def learn(
    judged: Annotated[
        Path | None,
        typer.Option(help="CSV of names judged in their papers: text_hash, name, entity_type."),
    ] = None,
) -> None:
    """Learn weights anew from the build file, and write them into the seeds.

    Without --judged those of discovery over all papers, with it those of names in single papers.
    """
    from papertally.vocabulary.discovery import learn_weights
    from papertally.vocabulary.single_papers import learn_paper_weights
    from papertally.warehouse.published_file import read_only_connection

    with read_only_connection(load_settings().build_file) as con:
        examples = learn_paper_weights(con, judged) if judged else learn_weights(con)
    counts = ", ".join(f"{count:,} {kind}" for kind, count in examples.items())
    say(f"Learned from {counts}. They apply from the next build: {PUBLISH_ANEW}")


@app.command()
def diff(
    before: Annotated[str, typer.Argument(help="A file, build, current or a published version.")],
    after: Annotated[str, typer.Argument(help="Another one.")],
    limit: Annotated[int, typer.Option(help="Entities to show.", min=1)] = 20,
    as_json: AsJson = False,
) -> None:
    """Show which counts differ between two warehouses, with sentences gained and lost."""
    from papertally.publishing.vocabulary_diff import as_text, differences, find_file

    settings = load_settings()
    found = differences(find_file(settings, before), find_file(settings, after), limit)
    if as_json:
        print_json(found)
    else:
        print(visible(as_text(found)))
