import shutil

import pytest

from corpora.errors import UserError
from translate import doctor
from translate.doctor import examination


def found(part):
    return list(doctor.PARTS[part]())


def test_this_machine_can_do_what_the_tests_do():
    states = {each.part: each.state for each in examination(network=False)}
    assert states["python"] == states["libraries"] == states["model"] == "ok"
    assert "hub" not in states


def test_every_problem_has_a_cure(monkeypatch):
    def broken():
        raise ImportError("libsomething.so: cannot open shared object file\nmore")

    def refused():
        raise UserError("model: gone")

    monkeypatch.setattr(doctor, "PARTS", {"cpu": broken, "model": refused})
    cpu, model = examination()
    assert (cpu.part, cpu.state) == ("cpu", "problem") and cpu.cure
    assert "ImportError: libsomething.so" in cpu.what and "more" not in cpu.what
    assert (model.state, model.what) == ("problem", "model: gone") and model.cure


def test_a_library_of_another_version_is_noted(monkeypatch):
    monkeypatch.setattr(doctor, "requires", lambda _: ["torch==1.0.0", "numpy>=1"])
    (note,) = found("libraries")
    assert note.state == "note" and "torch" in note.what and "tested with 1.0.0" in note.what


def test_a_missing_library_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor, "requires", lambda _: ["no-such-library==1.0"])
    (problem,) = found("libraries")
    assert problem.state == "problem" and "no-such-library is missing" in problem.what


@pytest.mark.parametrize(("free", "state"), [(0.5, "problem"), (500.0, "ok")])
def test_a_full_disk_is_a_problem(monkeypatch, free, state):
    usage = shutil.disk_usage("/")._replace(free=int(free * 1e9))
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert {each.state for each in found("disk")} == {state}


def test_little_memory_is_a_problem(monkeypatch):
    class Memory:
        available, total = 2**29, 2**33

    monkeypatch.setattr("psutil.virtual_memory", lambda: Memory)
    assert [each.state for each in found("memory")] == ["problem"]


def test_a_gpu_that_only_the_driver_sees_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor, "gpus", lambda: iter(["0: Some GPU, 7.0 of 8.0 GB free"]))
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert [each.state for each in found("gpu")] == ["ok", "problem", "note"]


def test_a_token_is_never_shown(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    assert "hf_secret" not in str(found("hub"))
    assert found("hub")[-1].state == "ok"
