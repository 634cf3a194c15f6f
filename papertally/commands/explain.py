"""`papertally explain`: one paper, its mentions, and why each of them counts."""

from typing import Annotated

import typer

from papertally.commands.options import AsJson
from papertally.settings import load_settings
from papertally.terminal import print_json
from papertally.visible import visible


def explain(
    paper: Annotated[str, typer.Argument(help="A paper_id, or part of a title.")],
    as_json: AsJson = False,
) -> None:
    """Print a published paper with its mentions marked, and why each of them counts."""
    from papertally.reading.explain import as_text
    from papertally.reading.explain import explain as explain_paper

    explained = explain_paper(load_settings(), paper)
    if as_json:
        print_json(explained)
    else:
        print(visible(as_text(explained)))
