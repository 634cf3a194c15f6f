"""The verdict of the gate as colour, word and icon together."""

from typing import Final, Literal

import streamlit as st

from dashboard import phrases
from queries.gates import GateState, GateSummary

_Color = Literal["green", "orange", "red", "gray"]

_LOOKS: Final[dict[GateState, tuple[str, str, _Color]]] = {
    "passed": ("Healthy", ":material/check_circle:", "green"),
    "caution": ("Caution", ":material/warning:", "orange"),
    "failed": ("Degraded", ":material/error:", "red"),
    "unchecked": ("Not checked", ":material/help:", "gray"),
}


def gate_badge(gate: GateSummary) -> None:
    """Show the verdict."""
    word, icon, color = _LOOKS[gate.state]
    st.badge(word, icon=icon, color=color)


def gate_words(gate: GateSummary) -> str:
    """Return what the verdict rests on."""
    if gate.state == "unchecked":
        return "No check has been recorded for this file."
    checks = phrases.counted(gate.check_count, "check")
    when = phrases.moment(gate.checked_at)
    if gate.state == "passed":
        return f"All of {checks} passed on {when}."
    verb = "failed"
    critical = (
        f", {phrases.number(gate.failed_critical_count)} of them critical"
        if gate.failed_critical_count
        else "; none of them critical"
    )
    return f"{phrases.number(gate.failed_count)} of {checks} {verb} on {when}{critical}."
