"""The pages in the order in which they are offered, by the last part of their address."""

from typing import Final

OVERVIEW_TITLE: Final = "What research papers name"

PAGES: Final = {
    "overview": "Overview",
    "compare": "Compare",
    "names": "Names",
    "papers": "Papers",
    "together": "Together",
    "new_names": "New names",
    "quality": "Quality",
    "sql": "SQL",
    "about": "About",
}
