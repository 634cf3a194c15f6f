"""The documentation builds without a warning, its links lead somewhere, and it loads nothing."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html

from docs.reference import settings
from docs.reference.generated import GENERATORS, PLACE
from ingest.formats import FORMATS
from papertally.building.project import MANIFEST, kept_folder
from papertally.settings import Settings, load_settings
from tests.conftest import ROOT
from tests.docs.fences import PAGES

LOADING = "//script/@src | //img/@src | //iframe/@src | //link[not(@rel='canonical')]/@href"


@pytest.fixture(scope="module")
def site(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it, with what dbt knew when it built the home."""
    settings = load_settings({"PAPERTALLY_HOME": str(published_home)})
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet"),
            *("-D", f"manifest={kept_folder(settings) / MANIFEST}"),
            *("-d", str(folder / "doctrees"), str(ROOT / "docs"), str(folder / "html")),
        ],
        env={name: text for name, text in os.environ.items() if name != "PYTHONWARNINGS"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.fromstring(path.read_bytes()) for path in site.rglob("*.html")}


def test_every_link_leads_to_a_page_and_a_place_on_it(
    pages: dict[Path, html.HtmlElement],
) -> None:
    places = {path: set(tree.xpath("//@id")) for path, tree in pages.items()}
    lost: list[str] = []
    for path, tree in pages.items():
        for link in tree.xpath("//a/@href"):
            address, place = urldefrag(unquote(link))
            if re.match(r"[a-z]+:", address):
                continue
            target = (path.parent / address).resolve() if address else path
            if not target.is_file() or (place and place not in places.get(target, {place})):
                lost.append(f"{path.name}: {link}")
    assert len(pages) > 60
    assert lost == []


def test_nothing_is_loaded_from_another_host(
    site: Path, pages: dict[Path, html.HtmlElement]
) -> None:
    asked = {address for tree in pages.values() for address in tree.xpath(LOADING)}
    assert asked
    assert {address for address in asked if re.match(r"[a-z]*:?//", address)} == set()
    for sheet in site.rglob("*.css"):
        assert not re.search(r"@import|url\(['\"]?(https?:)?//", sheet.read_text("utf-8")), sheet


def test_references_hold_what_the_code_has(pages: dict[Path, html.HtmlElement]) -> None:
    text = {"/".join(path.parts[-2:]): tree.text_content() for path, tree in pages.items()}
    assert "papertally fetch arxiv-oai" in text["reference/commands.html"]
    assert "PAPERTALLY_KEEP_VERSIONS" in text["reference/settings.html"]
    assert "sentence_start" in text["reference/marts.html"]
    assert "rejection_rule" in text["reference/quality.html"]
    assert "case_rule" in text["reference/vocabulary.html"]
    assert "partners" in text["reference/python.html"]
    for name in FORMATS:
        assert name in text["formats/README.html"]


def test_what_is_generated_and_kept_is_what_the_code_says() -> None:
    kept = {
        found[1]: found[3]
        for page in PAGES
        for found in PLACE.finditer(page.read_text("utf-8"))
        if found[3]
    }
    assert kept.keys() == {"settings"}
    for name, text in kept.items():
        assert text == GENERATORS[name](), "put what it says now between the marks"


def test_defaults_are_stated_as_they_are() -> None:
    stated = {name: unset for name, unset, _ in settings.stated(Settings)}
    unset = load_settings({})
    assert stated == {
        "PAPERTALLY_HOME": f"./{unset.home.relative_to(Path.cwd())}",
        "PAPERTALLY_KEEP_VERSIONS": str(unset.keep_versions),
        "PAPERTALLY_THREADS": "all cores",
        "PAPERTALLY_MEMORY_LIMIT": unset.memory_limit,
        "PAPERTALLY_LOCK_WAIT": str(unset.lock_wait),
    }


def test_every_setting_is_on_a_page() -> None:
    code = [*ROOT.joinpath("papertally").rglob("*.py"), *ROOT.joinpath("ingest").rglob("*.py")]
    files = [*code, ROOT / "profiles.yml", ROOT / "dbt_project.yml"]
    pages = "".join(page.read_text("utf-8") for page in PAGES)
    named = set(re.findall(r"PAPERTALLY_[A-Z_]+", "".join(it.read_text("utf-8") for it in files)))
    assert named - set(re.findall(r"PAPERTALLY_[A-Z_]+", pages)) == set()


def test_every_link_of_the_repository_leads_to_a_file() -> None:
    lost = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in [*PAGES, ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not re.match(r"[a-z]+:", link) and not (page.parent / link).exists()
    ]
    assert lost == []
