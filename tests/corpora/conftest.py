"""Cases live in cases/<module without test_>.jsonl beside the test, one a line.

A test that takes a `case` runs once for each; one that takes a `sound_case` runs once for each
that is no known failure.
"""

import json
from pathlib import Path

import pytest


def pytest_generate_tests(metafunc):
    if {"case", "sound_case"}.isdisjoint(metafunc.fixturenames):
        return
    test = Path(metafunc.module.__file__)
    file = test.parent / "cases" / f"{test.stem.removeprefix('test_')}.jsonl"
    cases = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", [param(case) for case in cases])
    else:
        metafunc.parametrize("sound_case", [param(case) for case in cases if "xfail" not in case])


def param(case):
    known_failure = [pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else []
    return pytest.param(case, id=case["label"], marks=known_failure)
