"""Where the app starts: `streamlit run dashboard/streamlit_app.py`."""

import sys
from pathlib import Path

import streamlit as st

# Streamlit puts this folder on the path, not the one above, which holds the packages.
_ROOT = str(Path(__file__).resolve().parents[1])
if _ROOT not in sys.path:
    sys.path.insert(0, _ROOT)

from dashboard import warehouse  # noqa: E402
from dashboard.app_pages import unavailable  # noqa: E402

st.set_page_config(page_title="Papertally", page_icon=":material/tally:", layout="wide")
st.html(Path(__file__).with_name("style.css"))

page = st.navigation(
    [
        st.Page(
            "app_pages/overview.py",
            title="Overview",
            icon=":material/space_dashboard:",
            url_path="overview",
            default=True,
        ),
        st.Page("app_pages/names.py", title="Names", icon=":material/search:", url_path="names"),
        st.Page(
            "app_pages/quality.py",
            title="Quality",
            icon=":material/verified:",
            url_path="quality",
        ),
    ],
    position="top",
)
try:
    page.run()
except warehouse.UnavailableError as error:
    unavailable.show(error)
