"""The script of a night's work: devices, restarts, signals and the summary."""

import os
import signal
import subprocess
import time

import pytest

from tests.conftest import ROOT

SCRIPT = ROOT / "scripts" / "gpu_batch.sh"


@pytest.fixture
def night(tmp_path):
    """Start the script with a double of the command, which says what it was called with."""

    def start(*arguments, double="exit 0", **environment):
        command = tmp_path / "selaras"
        command.write_text(f'#!/usr/bin/env bash\necho "called: $*"\n{double}\n', "utf-8")
        command.chmod(0o755)
        known = {key: value for key, value in os.environ.items() if key != "CUDA_VISIBLE_DEVICES"}
        known |= {"SELARAS": str(command), "RESTART_SECONDS": "0", **environment}
        return subprocess.Popen(
            ["bash", SCRIPT, "in", tmp_path / "out", *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env=known,
        )

    return start


def ended(process):
    out, _ = process.communicate(timeout=60)
    return process.returncode, out


def test_without_a_gpu_it_says_so_and_stops(night):
    code, out = ended(night(CUDA_VISIBLE_DEVICES=""))
    assert code == 1 and "no GPU is visible" in out and "--device cpu" in out
    assert "called" not in out


def test_a_process_for_each_visible_gpu(night):
    code, out = ended(night("--model", "nllb", CUDA_VISIBLE_DEVICES="0,2,5"))
    assert code == 0 and "3 GPU(s), 3 process(es)" in out
    assert "--workers 3 --model nllb --device cuda" in out


@pytest.mark.parametrize("arguments", [("--device", "cpu"), ("--device=cpu",)])
def test_on_the_cpu_when_asked(night, arguments):
    assert "--workers 1 --device" in ended(night(*arguments))[1]
    assert "--workers 2 --device" in ended(night(*arguments, WORKERS="2"))[1]


@pytest.mark.parametrize("code", [1, 2, 3, 130])
def test_what_a_user_must_mend_is_not_tried_again(night, code):
    found, out = ended(night("--device", "cpu", double=f"echo failed; exit {code}"))
    assert found == code and out.count("called") == 1 and "failed" in out


def test_a_crash_is_resumed(night, tmp_path):
    double = f"echo x >> {tmp_path}/tries; [ $(wc -l < {tmp_path}/tries) -ge 3 ] || kill -9 $$"
    code, out = ended(night("--device", "cpu", double=double))
    assert code == 0 and out.count("called") == 3 and "going on where it was (2 of 3)" in out


@pytest.mark.parametrize("code", [70, 75])
def test_what_died_goes_on(night, tmp_path, code):
    """A defect or a driver (70), or all workers (75): both are told from what a user must mend."""
    double = f"[ -e {tmp_path}/tried ] && exit 0; touch {tmp_path}/tried; exit {code}"
    found, out = ended(night("--device", "cpu", double=double))
    assert found == 0 and out.count("called") == 2 and f"ended with {code}; going on" in out


def test_crashes_without_end_are_given_up(night):
    code, out = ended(night("--device", "cpu", double="kill -9 $$", RESTARTS="2"))
    assert code == 137 and "given up after 2 restarts" in out


def test_a_signal_is_passed_on_and_waited_for(night):
    double = "trap 'echo interrupted; exit 130' TERM; for i in $(seq 300); do sleep 0.1; done"
    process = night("--device", "cpu", double=double)
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    code, out = ended(process)
    assert code == 130 and "interrupted" in out and "restart" not in out


def test_a_signal_between_two_attempts_ends_it(night):
    """What is waiting to be started again is not started again when somebody wants it to end."""
    process = night("--device", "cpu", double="exit 75", RESTART_SECONDS="30")
    said = ""
    while "going on where it was" not in said:
        said += process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    started = time.monotonic()
    code, out = ended(process)
    assert code == 130 and (said + out).count("called") == 1
    assert time.monotonic() - started < 20
