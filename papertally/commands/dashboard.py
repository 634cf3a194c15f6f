"""`papertally dashboard`: the pages, on this machine only."""

import os
import sys
from typing import Annotated

import typer

from papertally.settings import PROJECT_ROOT, load_settings


def dashboard(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8501,
) -> None:
    """Open the dashboard on the published file, on this machine only."""
    settings = load_settings()
    os.environ["PAPERTALLY_HOME"] = str(settings.home)
    script = PROJECT_ROOT / "dashboard" / "server.py"
    os.chdir(PROJECT_ROOT)
    arguments = ["run", str(script), "--server.port", str(port)]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", *arguments])  # noqa: S606
