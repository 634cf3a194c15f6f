"""Where the app starts: `streamlit run dashboard/streamlit_app.py`."""

import sys
from pathlib import Path

import duckdb
import streamlit as st

# Streamlit puts this folder on the path, not the one above, which holds the packages.
_HERE = Path(__file__).resolve().parent
if str(_HERE.parent) not in sys.path:
    sys.path.insert(0, str(_HERE.parent))

from dashboard import address, frame, warehouse  # noqa: E402
from dashboard.app_pages import unavailable  # noqa: E402
from dashboard.pages import PAGES  # noqa: E402

st.set_page_config(page_title="Papertally", page_icon=str(_HERE / "icon.svg"), layout="wide")
st.html(_HERE / "style.css")

pages = {
    path: st.Page(
        f"app_pages/{path}.py",
        title=title,
        url_path="home" if path == "overview" else path,
        default=path == "overview",
    )
    for path, title in PAGES.items()
}
# The default page answers at / alone; this one makes /overview lead to the same.
alias = st.Page("app_pages/overview.py", title="Overview", url_path="overview", visibility="hidden")

page = st.navigation([*pages.values(), alias], position="hidden")
current = next((path for path, known in pages.items() if known is page), "overview")
try:
    within = address.scope()
    frame.navigation([(known, path) for path, known in pages.items()], within, current)
    frame.tools(warehouse.published(), within, current)
    page.run()
except warehouse.UnavailableError as error:
    unavailable.show(error)
except duckdb.Error as error:
    reason = warehouse.unreadable(error)
    if not reason.is_of_another_version:
        raise
    unavailable.show(reason)
