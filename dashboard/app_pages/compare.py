"""Compare: up to eight names side by side over time."""

from typing import Final

import streamlit as st

from dashboard import address, trends, warehouse
from dashboard.charts.palette import MOST_SERIES
from dashboard.links import link
from dashboard.markup import Markup, element, grid, inward_link, joined, text
from dashboard.measures import MEASURES, POOLS, Measure, View, natural_grain
from dashboard.warehouse import Snapshot
from papertally.visible import in_line
from queries import corpus, families, names, ranking, search
from queries.scope import Scope
from queries.series import Lines
from queries.shares import GRAINS, Grain

_MEASURE_WORDS: Final = {"share": "share of papers", "papers": "papers", "cumulative": "cumulative"}
_ROLLS: Final = {"alone": "itself", "variants": "with variants", "family": "whole family"}
_MOST_BANDS: Final = 4


def main() -> None:
    """Compose the page."""
    snapshot = warehouse.published()
    within = address.scope()
    st.title("Compare names over time", anchor=False)
    chosen = _names(snapshot, within)
    if not chosen:
        _begin(snapshot, within)
        return
    lines, view, has_bands = _settings(snapshot, within, chosen)
    labels = snapshot.read(names.labels, lines.entity_ids)
    title = ", ".join(labels[entity_id] for entity_id in lines.entity_ids)
    st.set_page_config(page_title=f"{title} · Papertally")
    trends.show(
        snapshot,
        within,
        trends.Trend(lines, view, has_bands, "compare", f"{title}: {view.unit}"),
    )


def _names(snapshot: Snapshot, within: Scope) -> list[str]:
    """Show what is compared, as tags to add and remove; a new one may be spelled in any way."""
    stated = st.query_params.get_all("name")
    known = snapshot.read(names.labels, tuple(stated))
    chosen = [entity_id for entity_id in dict.fromkeys(stated) if entity_id in known]
    leading = snapshot.read(ranking.leading, within)
    offered = {
        row["entity_id"]: f"{in_line(row['entity_name'])} · {row['entity_type']}"
        for entity_type in ranking.ENTITY_TYPES
        for row in ranking.of_type(leading, entity_type, ranking.MOST).iter_rows(named=True)
    }
    labels = {entity_id: known[entity_id] for entity_id in chosen} | offered
    st.session_state["compared"] = chosen[:MOST_SERIES]
    st.multiselect(
        f"Names, up to {MOST_SERIES}; choose, or type any spelling and press Enter",
        list(labels),
        key="compared",
        format_func=lambda entity_id: labels.get(str(entity_id), str(entity_id)),
        max_selections=MOST_SERIES,
        accept_new_options=True,
        placeholder="GPT-4, ImageNet, BLEU, LoRA …",
        on_change=_store_names,
        args=(snapshot, labels),
    )
    if unknown := st.session_state.pop("not-found", None):
        st.html(element("p", text(f"No name is spelled like “{unknown}”.")))
    return chosen[:MOST_SERIES]


def _store_names(snapshot: Snapshot, labels: dict[str, str]) -> None:
    found: list[str] = []
    for value in st.session_state["compared"]:
        entity_id = value if value in labels else snapshot.read(search.resolved, str(value))
        if entity_id is None:
            st.session_state["not-found"] = str(value)
        elif entity_id not in found:
            found.append(entity_id)
    address.write(name=found, of=None, at=None, page=None)


def _settings(snapshot: Snapshot, within: Scope, chosen: list[str]) -> tuple[Lines, View, bool]:
    summary = snapshot.read(corpus.span, within)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        measure: Measure = address.one_of("Show", MEASURES, "show", words=_MEASURE_WORDS)
        grain: Grain = address.one_of("By", GRAINS, "by", default=natural_grain(summary))
        start = address.one_of(
            "From",
            ("calendar", "first"),
            "start",
            words={"calendar": "calendar", "first": "first mention"},
        )
        scale = address.one_of("Scale", ("linear", "log"), "scale")
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        roll = address.one_of(
            "A name stands for",
            tuple(_ROLLS),
            "roll",
            words=_ROLLS,
            help="GPT-4 alone; with variants, which takes in GPT-4o and all else below it; or its "
            "whole family, GPT. A paper that names several of them counts once.",
        )
        pool = 1
        if measure == "share":
            stated = address.one_of(
                "Smoothing",
                [str(pool) for pool in POOLS],
                "pool",
                words={"1": "none", "3": f"3 {grain}s pooled", "5": f"5 {grain}s pooled"},
                help="Pooled: the papers of a period and of those before it, taken together. The "
                "interval is that of the pooled share.",
            )
            pool = int(stated)
        adoption = address.is_on(
            "Adoption only",
            "adoption",
            help="Leaves out the papers that introduce the name themselves.",
        )
    if roll == "family":
        tops = snapshot.read(families.tops, tuple(chosen))
        chosen = list(dict.fromkeys(tops[entity_id] for entity_id in chosen))
    lines = Lines(tuple(chosen), grain, roll != "alone", adoption)
    view = View(measure, grain, pool, start == "first", scale == "log")
    return lines, view, len(chosen) <= _MOST_BANDS


def _begin(snapshot: Snapshot, within: Scope) -> None:
    st.write("Choose names above, or begin with one of these:")
    leading = snapshot.read(ranking.leading, within)
    cells: list[Markup] = []
    for entity_type in ranking.ENTITY_TYPES:
        top = ranking.of_type(leading, entity_type, 4)
        if top.height < 2:
            continue
        label = text(" · ".join(top["entity_name"]))
        target = link("compare", within, name=top["entity_id"].to_list())
        head = element("h3", text(f"The {entity_type}s that most papers name"))
        cells.append(joined([head, element("p", inward_link(target, label))]))
    st.html(grid(cells))


main()
