"""Names of registries: read from the files of packages, none of which is installed or run."""

from pathlib import Path

import pytest

from seeds.registries import key, known_entities, listed


def package(folder: Path, name: str, version: str, files: dict[str, str]) -> None:
    metadata = folder / f"{name}-{version}.dist-info" / "METADATA"
    files = files | {str(metadata): f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def test_names_are_read_without_running_the_files(tmp_path: Path) -> None:
    model = (
        "import nothing_of_this_name\n"
        "def make():\n    return build_model_with_cfg(QuuxNet, 'x')\n"
        "@register_model\ndef quuxnet_small(pretrained=False):\n    ...\n"
    )
    optimizer = "import torch\nDEFAULT = OptimInfo(name='quuxgrad', opt_class=None)\n"
    package(
        tmp_path,
        "timm",
        "9.8",
        {"timm/models/quux.py": model, "timm/optim/factory.py": optimizer},
    )
    task = "class Quux(Base):\n    metadata = TaskMetadata(name='QuuxRetrieval', dataset={})\n"
    package(tmp_path, "mteb", "7.6", {"mteb/tasks/quux.py": task})
    assert set(listed(tmp_path)) == {
        ("model", "QuuxNet", "timm 9.8"),
        ("model", "quuxnet_small", "timm 9.8"),
        ("method", "quuxgrad", "timm 9.8"),
        ("dataset", "QuuxRetrieval", "mteb 7.6"),
        ("dataset", "Quux", "mteb 7.6"),
    }


def test_a_folder_without_a_registry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="is installed in"):
        list(listed(tmp_path))


def test_what_the_vocabulary_knows_is_told_from_what_it_lacks() -> None:
    known = known_entities()
    assert "dataset:imagenet-1k" in known[key("imagenet_1k")]
    assert key("QuuxNet") not in known
