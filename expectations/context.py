"""Great Expectations, kept quiet and in memory. Importing it takes seconds, so only on demand."""

import os
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from great_expectations.data_context.data_context.ephemeral_data_context import (
        EphemeralDataContext,
    )

DOCS_SITE: Final = "papertally"

# A site shows one context, so each gate has its own, and this page leads to them.
COVER: Final = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Papertally: data checks</title></head>
<body>
<h1>Papertally: data checks</h1>
<p>The last run of each gate. Earlier results are in <code>quality.check_results</code>.</p>
<ul>
{links}
</ul>
</body>
</html>
"""

# Data Docs load their scripts, fonts and logo from other hosts. Papertally reaches for none.
FOREIGN_ASSETS: Final = re.compile(
    r"<script[^>]*\ssrc=\"https?://[^>]*>\s*</script>"
    r"|<link[^>]*\shref=\"https?://[^>]*>"
    r"|<img[^>]*\ssrc=\"https?://[^>]*>",
)


def load_gx() -> Any:
    """Import Great Expectations with its telemetry off, and return it.

    It is half typed and exports little by name, so what comes from it is `Any` on purpose.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    os.environ.setdefault("POSTHOG_DISABLED", "true")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations as gx
    return cast("Any", gx)


def load_expectations() -> Any:
    """Return the module of its built-in expectations."""
    return load_gx().expectations


def quiet_context(site_dir: Path | None) -> "EphemeralDataContext":
    """Return a context that lives in memory and writes nothing but, if asked, its Data Docs."""
    gx = load_gx()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    context.delete_data_docs_site("local_site")
    if site_dir is not None:
        site_dir.mkdir(parents=True, exist_ok=True)
        context.add_data_docs_site(
            DOCS_SITE,
            {
                "class_name": "SiteBuilder",
                "show_how_to_buttons": False,
                "store_backend": {
                    "class_name": "TupleFilesystemStoreBackend",
                    "base_directory": str(site_dir.resolve()),
                },
                "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            },
        )
    return context


def write_docs(context: "EphemeralDataContext", docs_dir: Path) -> Path:
    """Write the pages of the last run of each gate, and return the page that leads to them.

    Earlier pages of the gate go; their results stay in `quality.check_results`. No page asks
    another host for anything.
    """
    context.build_data_docs(site_names=[DOCS_SITE])
    for page in docs_dir.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(FOREIGN_ASSETS.sub("", html), encoding="utf-8")
    # the sites' own index is a table that only their foreign scripts would fill
    links = "\n".join(
        f'<li><a href="{page.relative_to(docs_dir).as_posix()}">{page.parents[2].name}</a></li>'
        for page in sorted(docs_dir.glob("*/validations/*/*/*/*.html"))
    )
    cover = docs_dir / "index.html"
    cover.write_text(COVER.format(links=links), encoding="utf-8")
    return cover
