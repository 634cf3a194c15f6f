"""Quality: what the gate said, what was read and rejected, how right the counts are."""

from typing import Final

import polars as pl
import streamlit as st

from dashboard import address, phrases, quality_tables, record_tables, tables, warehouse
from dashboard.frame import unfolded, whole_corpus
from dashboard.gate_badge import gate_badge, gate_words
from dashboard.markup import element, figures, text
from dashboard.trust import preferred
from dashboard.warehouse import Snapshot
from queries import ambiguous, corpus, gates, linking, loads, scores, tests
from queries.scope import Scope

_KINDS: Final = {"missed": "Labelled, but not found", "wrong": "Found, but not labelled so"}


def main() -> None:
    """Compose the page."""
    snapshot = warehouse.published()
    within = address.scope()
    st.title("How far these numbers can be trusted", anchor=False)
    gate = snapshot.read(gates.latest)
    measured = snapshot.read(scores.latest)
    rejections = snapshot.read(loads.rejection_counts)
    uncounted = snapshot.read(ambiguous.total)
    overall = preferred(measured).filter(pl.col("entity_type") == "all")
    f1: list[float | None] = overall["f1"].to_list()
    failed = f"{phrases.number(gate.failed_count)} of {phrases.number(gate.check_count)}"
    rejected = int(rejections["record_count"].sum())
    st.html(
        figures(
            (
                ("Checks failed", failed, "#checks"),
                ("F1, exact spans", phrases.percent(f1[0]) if f1 else "not measured", "#scores"),
                ("Records rejected", phrases.number(rejected), "#rejected"),
                ("Strings uncounted", phrases.number(uncounted), "#ambiguous"),
            )
        )
    )
    whole_corpus("they judge the file as a whole", within)
    _checks(snapshot, gate)
    _tests(snapshot)
    _extraction(snapshot, measured)
    _ambiguous(snapshot, uncounted)
    _sources(snapshot)
    _loads(snapshot, rejections)
    _titles(snapshot, within)
    _dates(snapshot)


def _checks(snapshot: Snapshot, gate: gates.GateSummary) -> None:
    st.header("Checks before publication", anchor="checks")
    with st.container(horizontal=True, vertical_alignment="center"):
        gate_badge(gate)
        st.markdown(gate_words(gate), width="content")
    st.caption("A failing critical check stops publication, and the file before stays up.")
    results = snapshot.read(gates.results)
    for (run_id,), run in results.group_by("run_id", maintain_order=True):
        failed, passed = run.filter(~pl.col("is_passed")), run.filter(pl.col("is_passed"))
        when = phrases.moment(run["run_checked_at"].max())  # pyright: ignore[reportArgumentType]
        is_latest = run_id == gate.run_id
        if is_latest and not failed.is_empty():
            st.html(quality_tables.checks(failed))
        label = (
            f"{phrases.counted(len(passed), 'check')} passed"
            if is_latest
            else f"Run before, {when}: {phrases.number(len(failed))} failed, "
            f"{phrases.number(len(passed))} passed"
        )
        if inside := unfolded(label, f"checks-{run_id}"):
            inside.html(quality_tables.checks(passed if is_latest else run))


def _tests(snapshot: Snapshot) -> None:
    st.header("dbt tests of the build", anchor="tests")
    found = snapshot.read(tests.summary)
    if not found.test_count:
        st.write("None are recorded: the build of this file landed no results.")
        return
    st.markdown(
        f"**{phrases.number(found.passed_count)} of {phrases.counted(found.test_count, 'test')}** "
        f"passed, on {phrases.counted(found.relation_count, 'table')}."
    )
    st.caption("A failing test of severity error stops the build before any gate is asked.")
    frame = snapshot.read(tests.tests)
    failed = frame.filter(pl.col("status") != "pass")
    if not failed.is_empty():
        st.html(quality_tables.dbt_tests(failed))
    if inside := unfolded("Every test, by table", "tests"):
        inside.html(quality_tables.by_relation(frame.filter(pl.col("status") == "pass")))


def _extraction(snapshot: Snapshot, measured: pl.DataFrame) -> None:
    st.header("How right the mentions are", anchor="scores")
    if measured.is_empty():
        st.info(
            "Not measured: no labelled papers have been scored against this file. "
            "Run `papertally evaluate --gold FILE`.",
            icon=":material/straighten:",
        )
        return
    key = snapshot.read(corpus.freshness).vocabulary_key
    for (label_set,), scored in measured.group_by("label_set", maintain_order=True):
        first = scored.row(0, named=True)
        other = (
            "" if first["vocabulary_key"] == key else " With another vocabulary than this file's."
        )
        st.html(
            element(
                "p",
                text(
                    f"Label set “{label_set}”: "
                    f"{phrases.counted(first['paper_count'], 'labelled paper')}, "
                    f"scored {phrases.moment(first['scored_at'])}. 95 % intervals beside.{other}"
                ),
            )
        )
        for column, (rule, meaning) in zip(
            st.columns(2, gap="large"),
            (("strict", "Exact span and type"), ("overlap", "Overlapping span, same type")),
            strict=True,
        ):
            with column:
                st.subheader(meaning, anchor=False)
                st.html(tables.scores(scored.filter(pl.col("match_rule") == rule), meaning))
    _errors(snapshot)


def _errors(snapshot: Snapshot) -> None:
    taken = snapshot.read(scores.confusion)
    if not taken.is_empty():
        total = int(taken["mention_count"].sum())
        label = f"Found in the right place as another type: {phrases.number(total)}"
        if inside := unfolded(label, "confusion"):
            inside.html(quality_tables.confusion(taken))
    counts = snapshot.read(scores.error_counts)
    for (kind,), of_kind in counts.group_by("error_kind", maintain_order=True):
        total = int(of_kind["error_count"].sum())
        label = f"{_KINDS.get(str(kind), kind)}: {phrases.number(total)}"
        if inside := unfolded(label, f"errors-{kind}"):
            inside.html(quality_tables.errors(snapshot.read(scores.errors, str(kind))))
            if total > 10:
                inside.caption(f"The first 10 of {phrases.number(total)}.")


def _ambiguous(snapshot: Snapshot, uncounted: int) -> None:
    st.header("Strings left uncounted", anchor="ambiguous")
    st.caption(
        "These could mean something else, and nothing in the sentence settles it. "
        "They are listed here and are in no count."
    )
    if not uncounted:
        st.write("None in this corpus.")
        return
    st.html(quality_tables.ambiguous(snapshot.read(ambiguous.surfaces, 15)))
    st.caption(f"The commonest of {phrases.counted(uncounted, 'uncounted string')}.")


def _sources(snapshot: Snapshot) -> None:
    st.header("What each source states", anchor="sources")
    frame = snapshot.read(linking.completeness)
    st.html(record_tables.completeness(frame))
    st.caption(
        "Of the papers whose text comes from the source. A paper without an abstract is in no "
        "share; one without a date is in no trend."
    )


def _titles(snapshot: Snapshot, within: Scope) -> None:
    st.header("Works of one title", anchor="titles")
    st.caption(
        "Works that share a title and no identifier are joined only where something else agrees "
        "and nothing contradicts. Each such decision is listed."
    )
    counts = snapshot.read(linking.link_counts)
    if counts.is_empty():
        st.write("No two works here share a title.")
        return
    st.html(record_tables.link_counts(counts))
    shown = snapshot.read(linking.links)
    label = f"The least sure of them: {phrases.counted(len(shown), 'pair')}"
    if inside := unfolded(label, "links"):
        inside.html(record_tables.links(shown, within))


def _dates(snapshot: Snapshot) -> None:
    st.header("Dates that could not be read", anchor="dates")
    frame = snapshot.read(linking.date_problems)
    if frame.is_empty():
        st.write("Every date that a record states could be read.")
        return
    st.html(record_tables.date_problems(frame))
    st.caption("These papers count as undated, unless another record of them states a date.")


def _loads(snapshot: Snapshot, rejections: pl.DataFrame) -> None:
    st.header("What was read", anchor="loads")
    st.caption("In every load: read = landed + already known + rejected.")
    st.html(record_tables.manifest(snapshot.read(loads.loads)))
    st.header("Rejected records", anchor="rejected")
    total = int(rejections["record_count"].sum())
    if not total:
        st.write("Every record that was read could be used.")
        return
    st.html(record_tables.rejection_counts(rejections))
    st.html(record_tables.rejected(snapshot.read(loads.rejected)))
    if total > 20:
        st.caption(
            f"The newest 20 of {phrases.number(total)}; the rest: `quality.rejected_papers`."
        )


main()
