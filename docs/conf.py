"""How the documentation is built: `make docs`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs.reference.generated import fill  # noqa: E402 (found by the line above)
from papertally import __version__  # noqa: E402

project = "Papertally"
version = release = __version__
copyright = "Papertally, Apache-2.0"  # noqa: A001 (Sphinx calls it so)

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 4
autodoc_typehints = "signature"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = "Papertally"
html_favicon = "../dashboard/icon.svg"
html_copy_source = False
html_show_sphinx = False


def setup(app: "Sphinx") -> None:
    """Fill the parts of pages that are generated; the manifest is what dbt knows of the tables."""
    app.add_config_value("manifest", str(ROOT / "target" / "manifest.json"), "env", (str,))
    app.connect("source-read", fill)
