"""From read to counted: what became of every record, as a PRISMA flow chart does it."""

from typing import Final

from dashboard import phrases
from dashboard.markup import Markup, element, joined, text

# Each box with what is left of it and what went out on the way to it; every box is the one
# before it less what went out.
_BOXES: Final = (
    ("read", "records read", ()),
    (
        "landed",
        "records landed",
        (("rejected", "broke a rule"), ("known", "were landed before")),
    ),
    ("accepted", "records accepted", (("refused", "in loads that the gate refused"),)),
    ("papers", "papers", (("merged", "further records of the same papers"),)),
    ("eligible", "papers with an abstract", (("title_only", "with a title alone"),)),
    ("naming", "of them name something", (("silent", "name nothing that is known"),)),
)


def adds_up(steps: dict[str, int]) -> bool:
    """Tell whether every box is the one before it less what went out between them."""
    before = steps["read"]
    for step, _, lost in _BOXES[1:]:
        if steps[step] != before - sum(steps[out] for out, _ in lost):
            return False
        before = steps[step]
    return True


def flow(steps: dict[str, int]) -> Markup:
    """Return the boxes in a row, each with what went out on the way to it."""
    boxes: list[Markup] = []
    for step, label, lost in _BOXES:
        outs = joined(
            element(
                "span",
                text(f"\N{MINUS SIGN} {phrases.number(steps[out])} {words}"),
                "pt-out" if steps[out] else "pt-out pt-none",
            )
            for out, words in lost
        )
        inner = joined(
            [
                element("strong", text(phrases.number(steps[step]))),
                element("span", text(label), "pt-step"),
                outs,
            ]
        )
        boxes.append(element("li", inner))
    return element("ol", joined(boxes), "pt-flow")
