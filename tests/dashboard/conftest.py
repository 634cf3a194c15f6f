"""What the dashboard's tests share: the app, run on a home."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT

APP = ROOT / "dashboard" / "streamlit_app.py"

App = Callable[..., AppTest]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """Run the app on a home, on one of its pages, with the address's parameters."""

    def run(home: Path, page: str = "overview", **params: str) -> AppTest:
        monkeypatch.setenv("PAPERTALLY_HOME", str(home))
        test = AppTest.from_file(str(APP), default_timeout=30)
        if page != "overview":  # pages other than the default are known after a first run
            test.run()
            test.switch_page(f"app_pages/{page}.py")
        for name, value in params.items():
            test.query_params[name] = value
        return test.run()

    yield run
    st.cache_data.clear()
    st.cache_resource.clear()


def shown(test: AppTest) -> str:
    """Return everything that a page wrote by st.html, as one text."""
    return "\n".join(str(block.proto.body) for block in test.get("html"))
