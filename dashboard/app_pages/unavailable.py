"""The page for when there is nothing to read: what is missing and what to run."""

import streamlit as st

from dashboard.markup import element, text
from dashboard.warehouse import UnavailableError


def show(error: UnavailableError) -> None:
    """Say in words why no page can be shown and how to get one."""
    if error.reason:
        st.title("The published file cannot be read", anchor=False)
        st.html(element("p", text(f"{error.pointer} is there, but: {error.reason}")))
        st.write("Build and publish it again; the papers that were read are kept.")
    else:
        st.title("Nothing is published yet", anchor=False)
        st.html(element("p", text(f"There is no published file at {error.pointer}.")))
        st.write("Read some papers, and this page fills by itself at the next reload.")
    st.code(
        "make run                      # the papers that come with Papertally\n"
        "papertally run FILE…          # your own: JSONL, CSV, Parquet or a listing",
        language="bash",
        wrap_lines=True,
    )
    st.caption(
        "The folder is taken from PAPERTALLY_HOME (default ./warehouse). "
        "`papertally status` says where everything is."
    )
    st.button("Look again", icon=":material/refresh:")
