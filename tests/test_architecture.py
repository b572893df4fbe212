"""The import arrows between the packages, whose packages they are, and what a start may load."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {"corpora": set[str](), "eval": {"corpora"}, "translate": {"corpora"}}
APPLICATION = {
    *(f"translate/{name}.py" for name in ("cli", "__main__", "pipeline", "outputs", "summary")),
    *(path.relative_to(ROOT).as_posix() for path in (ROOT / "translate/commands").glob("*.py")),
}
HEAVY = (
    *("torch", "transformers", "datasets", "ctranslate2", "sklearn", "pyarrow", "sacrebleu"),
    *("trafilatura", "ftfy", "docx", "warcio", "lxml", "py3langid", "sentencepiece"),
)


def files_of(package: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_down(package):
    for name, path in files_of(package):
        packages = {module.partition(".")[0] for module in imported(path)}
        foreign = packages & MAY_IMPORT.keys() - {package}
        assert name in APPLICATION or foreign <= MAY_IMPORT[package], f"{name} imports {foreign}"


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_nothing_imports_the_application(package):
    for name, path in files_of(package):
        above = {
            module for module in imported(path) if f"{module.replace('.', '/')}.py" in APPLICATION
        }
        assert name in APPLICATION or not above, f"{name} imports {above}"


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_package_is_ours(package):
    """`translate` and `corpora` are also names on PyPI: a foreign one must not win."""
    assert Path(str(import_module(package).__file__)).parent == ROOT / package


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_every_module_says_what_it_is(package):
    for name, path in files_of(package):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), name


def test_importing_the_command_loads_nothing_heavy():
    code = f"import sys, translate.cli; sys.exit(str([m for m in {HEAVY} if m in sys.modules]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.stderr.strip() == "[]"


def test_the_readme_maps_every_module():
    """A module that the README's map leaves out is one that nobody finds."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    modules = [path.name for package in MAY_IMPORT for _, path in files_of(package)]
    missing = {name for name in modules if not name.startswith("__") and f"`{name}`" not in readme}
    assert not missing
