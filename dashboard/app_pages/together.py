"""Together: which names stand in the same papers, as a matrix, a net and a list."""

from functools import partial
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import address, downloads, phrases, warehouse
from dashboard.charts.drawing import draw
from dashboard.charts.matrix import PICK, matrix_chart
from dashboard.charts.network import MOST_TIES, network_chart, strongest
from dashboard.evidence import evidence_panel
from dashboard.markup import Markup, element, inward_link, joined, name_link, table, text
from dashboard.warehouse import Snapshot
from queries import evidence, names, net, ranking, together
from queries.scope import Scope

_VIEWS: Final = ("matrix", "network")
_DRAWN: Final = f"Of those beyond chance the first {MOST_TIES} are drawn, all can be downloaded. "
_NET_TYPES: Final = ("model", "dataset", "metric")


def main() -> None:
    """Compose the page."""
    snapshot = warehouse.published()
    within = address.scope()
    st.title("Named together", anchor=False)
    view = address.one_of("As", _VIEWS, "as")
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        if view == "matrix":
            row_type = address.one_of("Rows", ranking.ENTITY_TYPES, "rows", default="model")
            column_type = address.one_of(
                "Columns", ranking.ENTITY_TYPES, "columns", default="dataset"
            )
            types = (row_type, column_type)
        else:
            stated = address.several_of(
                "Types",
                ranking.ENTITY_TYPES,
                "types",
                placeholder="models, datasets, metrics",
                width=360,
            )
            types = tuple(stated) or _NET_TYPES
        most = address.whole_number(
            "Names of each type", "most", least=3, most=25, default=12, width=160
        )
        least = address.whole_number(
            "Papers with both, at least", "pairs", least=1, most=10_000, default=3, width=200
        )
    if view == "matrix":
        statement = together.pairs(within, types[0], types[1], most, least)
        frame = snapshot.read(together.met, within, types[0], types[1], most, least)
    else:
        statement = net.across(within, types, most, least)
        frame = snapshot.read(net.met, within, types, most, least)
    if frame.is_empty():
        st.info(
            "No two of these names meet in enough papers. Lower the thresholds or the filters.",
            icon=":material/join_inner:",
        )
        return
    kinds = phrases.listed(f"{kind}s" for kind in dict.fromkeys(types))
    words = _words(frame, kinds)
    chart = (
        matrix_chart(frame, types[0], types[1])
        if view == "matrix"
        else network_chart(strongest(_once(frame)))
    )
    draw(chart, words, view, partial(_pick, view), PICK)
    st.caption(
        f"The {most} {kinds} of most papers, each; pairs in at least "
        f"{phrases.counted(least, 'paper')} with an abstract. Lift: times more often together than "
        "by chance; NPMI: its logarithm, 0 as by chance, 1 never apart; below in the order of "
        f"papers times NPMI. {_DRAWN if view == 'network' else ''}Click a "
        f"{'cell' if view == 'matrix' else 'line'}, or a number below, to read the sentences."
    )
    _evidence(snapshot, within)
    exhibit = downloads.Exhibit(
        name="papertally-together",
        title=f"{kinds} named in the same papers",
        unit="papers with both",
        frame=frame,
        chart=lambda: chart,
        words=words,
        statement=statement,
    )
    here = address.here("together")
    short = frame.select(
        name="entity_name", beside="other_entity_name", papers="pair_paper_count",
        lift=pl.col("lift").round(1), npmi=pl.col("npmi").round(2),
    )  # fmt: skip
    downloads.take_along(snapshot, within, here, exhibit, short)
    st.html(_table(_once(frame), within))


def _pick(view: str) -> None:
    state: Any = st.session_state[view]
    points: list[dict[str, str]] = state["selection"].get(PICK) or []
    if points:
        address.write(of=points[0]["entity_id"], beside=points[0]["other_entity_id"], page=None)


def _evidence(snapshot: Snapshot, within: Scope) -> None:
    of, beside = address.param("of"), address.param("beside")
    labels = snapshot.read(names.labels, (of or "", beside or ""))
    if not of or not beside or len(labels) < 2:
        return
    with st.container(border=True, key="pt-picked"):
        head = f"{labels[of]}, in papers with an abstract that name {labels[beside]} too"
        close = inward_link(address.here("together", of=None, beside=None), text("close"))
        st.html(element("p", joined([element("strong", text(head)), text(" · "), close])))
        wanted = evidence.Wanted((of,), is_eligible=True, beside=beside)
        evidence_panel(snapshot, within, wanted)


def _once(frame: pl.DataFrame) -> pl.DataFrame:
    """Return each pair once: rows and columns of one type hold it twice."""
    pair = pl.concat_list("entity_id", "other_entity_id").list.sort().list.join("|")
    return frame.with_columns(pair=pair).unique("pair", keep="first", maintain_order=True)


def _words(frame: pl.DataFrame, kinds: str) -> str:
    first = frame.row(0, named=True)
    count = phrases.counted(len(frame), "pair")
    papers = phrases.counted(first["pair_paper_count"], "paper")
    return (
        f"{count} of {kinds}. {first['entity_name']} and {first['other_entity_name']} are named "
        f"together most beyond chance: in {papers}, {first['lift']:.1f} times as many as by chance."
    )


def _table(frame: pl.DataFrame, within: Scope) -> Markup:
    def pair(row: dict[str, Any]) -> Markup:
        here = address.here(
            "together", of=row["entity_id"], beside=row["other_entity_id"], page=None
        )
        return inward_link(here, text(phrases.number(row["pair_paper_count"])))

    return table(
        "Pairs of names",
        ["name", "with", "papers with both", "lift", "NPMI"],
        (
            (
                name_link(row["entity_id"], text(row["entity_name"]), within),
                name_link(row["other_entity_id"], text(row["other_entity_name"]), within),
                pair(row),
                text(f"{row['lift']:.1f}"),
                text(phrases.signed(row["npmi"]).removeprefix("+")),
            )
            for row in frame.head(40).iter_rows(named=True)
        ),
        numeric=(2, 3, 4),
    )


main()
