"""Print the names that public registries list, beside what the vocabulary knows of them.

The registries are packages. Fetch them into a folder of their own, then read that folder:

    python -m pip install --no-deps --target registries transformers timm tensorflow-datasets \
        mteb lm-eval ir-datasets torchmetrics sacrebleu scikit-learn peft torch-geometric \
        diffusers gymnasium
    python seeds/registries.py registries > names.csv

Their files are read and never run, so nothing that they need has to be there. One row is a name:
its type, the name as the registry spells it, the same in words, package and version for `source`,
and the entities of the vocabulary that have this spelling, which are none for a new name. A name
is not an entity yet: read what papers mean by it, then add it as CONTRIBUTING.md says.

`evaluate` is not among them: its package holds no list of metrics, it loads them from a hub.
"""

import ast
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

SEEDS: Final = Path(__file__).parent
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")
# What mteb appends to the name of a data set: tasks, modalities, versions, languages.
_TASK = re.compile(
    r"(?:(?:Multi)?Retrieval|Classification|Clustering|Reranking|BitextMining|STS|QA|Summarization"
    r"|PairClassification|ZeroShot|Dataset|Bench|V2?I2[ITV]|T2[IVA]|[VA]2T|P2P|S2S|HardNegatives"
    r"|[.]v\d|-\w\w|[A-Z]{2,3}|VN|Fa|PL|Multilingual)+$"
)


def _trees(folder: Path) -> Iterator[ast.Module]:
    for path in sorted(folder.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def _calls(folder: Path, function: str) -> Iterator[ast.Call]:
    for tree in _trees(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == function:
                yield node


def _named(folder: Path, function: str) -> Iterator[str]:
    """Yield what calls of a function pass as `name`."""
    for call in _calls(folder, function):
        for keyword in call.keywords:
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                yield str(keyword.value.value)


def _classes(folder: Path, *bases: str) -> Iterator[str]:
    """Yield the public classes that have a base whose name ends in one of these words."""
    for tree in _trees(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(
                ast.unparse(base).endswith(bases) for base in node.bases
            ):
                yield node.name


def _transformers(package: Path) -> Iterator[str]:
    mapping = package / "models" / "auto" / "auto_mappings.py"
    for name, config in re.findall(r'\("([^"]+)", "(\w+)Config"\)', mapping.read_text("utf-8")):
        yield from (config, name)


def _timm_models(package: Path) -> Iterator[str]:
    for call in _calls(package / "models", "build_model_with_cfg"):
        if isinstance(call.args[0], ast.Name):
            yield call.args[0].id
    for tree in _trees(package / "models"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and any(
                "register_model" in ast.unparse(decorator) for decorator in node.decorator_list
            ):
                yield node.name
                yield re.sub(r"_.*", "", node.name)


def _timm_optimizers(package: Path) -> Iterator[str]:
    yield from _named(package / "optim", "OptimInfo")


def _tensorflow_datasets(package: Path) -> Iterator[str]:
    yield from (path.name for path in sorted((package / "datasets").iterdir()) if path.is_dir())
    yield from _classes(package, "GeneratorBasedBuilder")


def _mteb(package: Path) -> Iterator[str]:
    for name in _named(package / "tasks", "TaskMetadata"):
        yield name
        if short := _TASK.sub("", name):
            yield short


def _lm_eval(package: Path) -> Iterator[str]:
    for path in sorted((package / "tasks").iterdir()):
        if path.is_dir():
            yield path.name
            readme = path / "README.md"
            first = readme.read_text("utf-8").split("\n", 1)[0] if readme.exists() else ""
            if first.startswith("# "):
                yield first[2:].strip()


def _ir_datasets(package: Path) -> Iterator[str]:
    for path in sorted((package / "docs").glob("*.yaml")):
        yield path.stem
        yield from re.findall(r"pretty_name: ['\"]?([^'\"\n]+)", path.read_text("utf-8"))


def _torchmetrics(package: Path) -> Iterator[str]:
    yield from _classes(package, "Metric")


def _sacrebleu_metrics(package: Path) -> Iterator[str]:
    yield from _classes(package / "metrics", "Metric")


def _sacrebleu_datasets(package: Path) -> Iterator[str]:
    text = (package / "dataset" / "__init__.py").read_text("utf-8")
    yield from dict.fromkeys(re.findall(r'^    "([\w./-]+)": \w+Dataset\(', text, re.MULTILINE))


def _scikit_learn_models(package: Path) -> Iterator[str]:
    yield from _classes(package, "ClassifierMixin", "RegressorMixin")


def _scikit_learn_methods(package: Path) -> Iterator[str]:
    yield from _classes(package, "ClusterMixin", "OutlierMixin", "TransformerMixin")


def _peft(package: Path) -> Iterator[str]:
    types = (package / "utils" / "peft_types.py").read_text("utf-8").partition("class TaskType")[0]
    yield from re.findall(r'^    ([A-Z0-9_]+) = "\1"', types, re.MULTILINE)


def _torch_geometric_datasets(package: Path) -> Iterator[str]:
    yield from _classes(package / "datasets", "Dataset")


def _torch_geometric_models(package: Path) -> Iterator[str]:
    yield from _classes(package / "nn" / "models", "Module", "BasicGNN", "GAE")
    yield from (name.removesuffix("Conv") for name in _classes(package / "nn" / "conv", "Passing"))


def _diffusers(package: Path) -> Iterator[str]:
    yield from (path.name for path in sorted((package / "pipelines").iterdir()) if path.is_dir())


def _gymnasium(package: Path) -> Iterator[str]:
    text = (package / "envs" / "__init__.py").read_text("utf-8")
    yield from re.findall(r'id="(?:\w+/)?(\w+)-v\d+"', text)


REGISTRIES: Final[dict[str, list[tuple[str, Callable[[Path], Iterator[str]]]]]] = {
    "diffusers": [("model", _diffusers)],
    "gymnasium": [("dataset", _gymnasium)],
    "ir_datasets": [("dataset", _ir_datasets)],
    "lm_eval": [("dataset", _lm_eval)],
    "mteb": [("dataset", _mteb)],
    "peft": [("method", _peft)],
    "sacrebleu": [("metric", _sacrebleu_metrics), ("dataset", _sacrebleu_datasets)],
    "scikit-learn": [("model", _scikit_learn_models), ("method", _scikit_learn_methods)],
    "tensorflow-datasets": [("dataset", _tensorflow_datasets)],
    "timm": [("model", _timm_models), ("method", _timm_optimizers)],
    "torch-geometric": [
        ("dataset", _torch_geometric_datasets),
        ("model", _torch_geometric_models),
    ],
    "torchmetrics": [("metric", _torchmetrics)],
    "transformers": [("model", _transformers)],
}


def key(name: str) -> str:
    """Return what spellings of one name have in common: its letters and digits."""
    return "".join(re.findall(r"[^\W_]+", name.casefold()))


def known_entities() -> dict[str, set[str]]:
    """Return the entities of each spelling in the vocabulary, by key."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for table, column in (("aliases", "alias"), ("entities", "entity_name")):
        with (SEEDS / f"vocabulary_{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found[key(row[column])].add(row["entity_id"])
    return found


def listed(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield type, name and source of each name that a registry in a folder lists, once.

    Raises:
        SystemExit: none of the registries is there.
    """
    versions = {d.metadata["Name"].replace("_", "-"): d for d in distributions(path=[str(folder)])}
    if not any(name.replace("_", "-") in versions for name in REGISTRIES):
        raise SystemExit(f"None of {', '.join(REGISTRIES)} is installed in {folder}.")
    for registry, lists in REGISTRIES.items():
        distribution = versions.get(registry.replace("_", "-"))
        if distribution is None:
            print(f"{registry} is not in {folder}; left out.", file=sys.stderr)  # noqa: T201
            continue
        source = f"{registry.replace('_', '-')} {distribution.version}"
        for entity_type, read in lists:
            module = {"scikit-learn": "sklearn"}.get(registry, registry.replace("-", "_"))
            once: dict[str, str] = {}
            for name in read(folder / module):  # of spellings of one name the first, with capitals
                once.setdefault(key(name), name)
            yield from ((entity_type, name, source) for name in once.values() if key(name))


def main() -> None:
    """Print the table."""
    known = known_entities()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["entity_type", "name", "in_words", "source", "entity_ids"])
    for entity_type, name, source in listed(Path(sys.argv[1])):
        words = " ".join(part for part in _CAMEL.split(name) if part)
        ids = " ".join(sorted(known.get(key(name), ())))
        writer.writerow([entity_type, name, words, source, ids])


if __name__ == "__main__":
    main()
