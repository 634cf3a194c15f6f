"""The page for when there is nothing to read: what is missing and what to run."""

from typing import Final

import streamlit as st

from dashboard.markup import element, text
from dashboard.warehouse import UnavailableError

_READ: Final = """\
make run                      # the papers that come with Papertally
papertally run FILE…          # your own: JSONL, CSV, Parquet or a listing"""
# Not `papertally run`: without files that would add the papers that come with Papertally.
_REBUILD: Final = """\
papertally build              # every table, from the papers that were read
papertally check              # what has to hold before anybody reads it
papertally publish            # and this page shows it"""


def show(error: UnavailableError) -> None:
    """Say in words why no page can be shown and how to get one."""
    commands = _READ
    if error.is_of_another_version:
        st.title("The published file is of another version", anchor=False)
        st.html(element("p", text(f"{error.pointer} is there, but {error.reason}.")))
        st.write(
            "Build it anew with the version that is installed. The papers that were read are kept "
            "and not read again; until then this version has nothing to show."
        )
        commands = _REBUILD
    elif error.reason:
        st.title("The published file cannot be read", anchor=False)
        st.html(element("p", text(f"{error.pointer} is there, but: {error.reason}")))
        st.write("Build and publish it again; the papers that were read are kept.")
        commands = _REBUILD
    else:
        st.title("Nothing is published yet", anchor=False)
        st.html(element("p", text(f"There is no published file at {error.pointer}.")))
        st.write("Read some papers, and this page fills by itself at the next reload.")
    st.code(commands, language="bash", wrap_lines=True)
    st.caption(
        "The folder is taken from PAPERTALLY_HOME (default ./warehouse). "
        "`papertally status` says where everything is."
    )
    st.button("Look again", icon=":material/refresh:")
