"""Where the app starts: `streamlit run dashboard/streamlit_app.py`."""

import sys
from pathlib import Path

import streamlit as st

# Streamlit puts this folder on the path, not the one above, which holds the packages.
_HERE = Path(__file__).resolve().parent
if str(_HERE.parent) not in sys.path:
    sys.path.insert(0, str(_HERE.parent))

from dashboard import warehouse  # noqa: E402
from dashboard.app_pages import unavailable  # noqa: E402

st.set_page_config(page_title="Papertally", page_icon=str(_HERE / "icon.svg"), layout="wide")
st.html(_HERE / "style.css")

page = st.navigation(
    [
        st.Page(
            "app_pages/overview.py",
            title="Overview",
            icon=":material/space_dashboard:",
            url_path="home",
            default=True,
        ),
        st.Page("app_pages/names.py", title="Names", icon=":material/search:", url_path="names"),
        st.Page(
            "app_pages/quality.py", title="Quality", icon=":material/verified:", url_path="quality"
        ),
        # The default page answers at / alone; this one makes /overview lead to the same.
        st.Page(
            "app_pages/overview.py", title="Overview", url_path="overview", visibility="hidden"
        ),
    ],
    position="top",
)
try:
    page.run()
except warehouse.UnavailableError as error:
    unavailable.show(error)
