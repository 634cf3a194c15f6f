"""The picture in CONTRIBUTING.md is what imports are held to, and no module is outside it."""

import re
import tomllib

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PROJECT["tool"]["importlinter"]
LAYERS: list[str] = CONTRACTS["contracts"][0]["layers"]


def test_the_picture_names_the_layers_of_the_contract_in_their_order() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text()
    picture = page.split("## The way of the data", 1)[1].split("```")[1].replace(" :\n  ", " :")
    packages = "|".join(CONTRACTS["root_packages"])
    module = rf"(?:{packages})(?:\.\w+)*"
    line = re.compile(rf"^ +({module}(?: [:|] {module})*)(?:  .*)?$", re.MULTILINE)
    assert line.findall(picture) == list(reversed(LAYERS))


def test_every_module_has_its_place() -> None:
    placed = {module for layer in LAYERS for module in re.split(" [:|] ", layer)}
    whole = set(CONTRACTS["root_packages"]) - {"papertally"}
    assert whole <= placed
    parts = {f"papertally.{path.stem}" for path in (ROOT / "papertally").iterdir()
             if path.suffix == ".py" or (path / "__init__.py").exists()}  # fmt: skip
    assert parts - {"papertally.__init__"} == placed - whole


def test_what_is_imported_is_what_is_shipped() -> None:
    assert (
        PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
        == (CONTRACTS["root_packages"])
    )
