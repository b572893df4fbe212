"""The command as a user meets it: help, results, and one line for every mistake."""

import errno
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpora.errors import EndedEarly
from tests.conftest import EXAMPLES, ROOT
from translate.cli import app, main


@pytest.fixture
def selaras(monkeypatch, capsys):
    """Run the command in this process; give exit code, standard output and standard error."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["selaras", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
            raise SystemExit(0)
        captured = capsys.readouterr()
        return ended.value.code or 0, captured.out, captured.err

    return call


@pytest.mark.parametrize("command", [command.callback for command in app.registered_commands])
def test_every_command_shows_an_example(command):
    assert "Example: selaras " in command.__doc__


def test_the_module_runs_as_the_command():
    run = subprocess.run(
        [sys.executable, "-m", "translate", "--help"], capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0 and "build" in run.stdout


def test_build_ends_in_a_summary(selaras, tmp_path):
    code, out, err = selaras(
        "build", EXAMPLES / "articles", tmp_path / "o", "--references", EXAMPLES / "references"
    )
    assert (code, err) == (0, "")
    assert "8 articles" in out and "words/s" in out and "% of the reference words" in out
    assert out.rstrip().endswith("report.html")


def test_build_speaks_json(selaras, tmp_path):
    code, out, _ = selaras("build", EXAMPLES / "articles", tmp_path / "o", "--json")
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and events[0] == {"event": "begin", "stage": "translate", "total": 8}
    articles = [event for event in events if event["event"] == "article"]
    assert len(articles) == 8 and all(each["sentences"] and each["words"] for each in articles)
    (told, *_) = [event for event in events if event["event"] == "progress"]
    assert told["host_bytes"] > 0 and {"eta_seconds", "memory_hits", "gpu_percent"} <= told.keys()
    summary = events[-1]
    assert summary["event"] == "end" and summary["articles"] == 8 and summary["scores"] is None
    assert summary["memory"]["entries"] >= summary["memory"]["asked"] > 100


def test_translate_speaks_json(selaras, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Hujan turun di kota itu.", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    code, out, _ = selaras("translate", tmp_path / "in", tmp_path / "out", "--json")
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 3 and events[-1]["event"] == "end" and events[-1]["written"] == 1
    told = {event["path"]: event for event in events if event["event"] == "article"}
    assert told["a.txt"]["sentences"] == 1 and "empty" in told["b.txt"]["failure"]
    assert selaras("translate", tmp_path / "in" / "a.txt", "--json")[0] == 2


def test_the_memory_is_where_the_option_says(selaras, tmp_path):
    (tmp_path / "a.txt").write_text("Hujan turun di kota itu sejak pagi.", encoding="utf-8")
    file = tmp_path / "memory.sqlite"
    one = selaras("translate", tmp_path / "a.txt", "--memory", file)
    assert one[0] == 0 and file.exists()
    assert selaras("translate", tmp_path / "a.txt", "--memory", file) == one
    assert selaras("translate", tmp_path / "a.txt", "--memory", "off") == one
    letter = b"a letter to my aunt, and not a database at all" * 30
    file.write_bytes(letter)
    code, out, err = selaras("translate", tmp_path / "a.txt", "--memory", file)
    assert (code, out) == (1, "") and "not a translation memory" in err
    assert file.read_bytes() == letter
    code, _, err = selaras("translate", tmp_path / "a.txt", "--memory", tmp_path)
    assert code == 1 and "is a folder; name a file" in err


@pytest.mark.parametrize("size", ["0", "-3", "many", "1.5"])
def test_a_batch_of_no_size_is_wrong_usage(selaras, tmp_path, size):
    assert selaras("build", tmp_path, tmp_path / "o", "--batch-tokens", size)[0] == 2


def test_build_is_quiet(selaras, tmp_path):
    assert selaras("build", EXAMPLES / "articles", tmp_path / "o", "--quiet") == (0, "", "")


def test_failed_articles_end_in_code_3(selaras, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Hujan turun di kota itu.", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    for command in ("build", "translate"):
        code, _, err = selaras(command, tmp_path / "in", tmp_path / command)
        assert code == 3 and "b.txt: empty" in err


def test_the_version_is_told(selaras):
    code, out, _ = selaras("--version")
    assert code == 0 and re.fullmatch(r"selaras \d+\.\d+\.\d+\n", out)


def test_a_name_with_a_slash_is_a_folder(selaras, tmp_path):
    (tmp_path / "a.txt").write_text("Hujan turun.", "utf-8")
    code, _, err = selaras("translate", tmp_path / "a.txt", f"{tmp_path}/baru/")
    assert code == 0 and (tmp_path / "baru" / "a.txt").exists() and "1 file, 2 words" in err


def test_the_one_input_that_fails_is_one_line(selaras, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    for arguments in (["estimate"], ["translate"], ["translate", tmp_path / "out.txt"]):
        code, _, err = selaras(arguments[0], tmp_path / "a.txt", *arguments[1:])
        assert code == 1 and err.count("\n") == 1 and "a.txt: empty" in err


def test_an_estimate_names_what_cannot_be_read(selaras, tmp_path):
    folder = article(tmp_path / "in", b"Hujan turun di kota itu.")
    (folder / "b.txt").write_bytes(b"")
    for form in ([], ["--json"]):
        code, out, err = selaras("estimate", folder, *form)
        assert code == 3 and out and "failed: " in err and "b.txt: empty" in err


def article(folder: Path, content: bytes) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty; remove it"),
        (b"\x7fELF\x00\x01", "binary data"),
        (b"Halo \xff\xfe dunia", "byte 5 is not UTF-8; convert"),
        (b"a" * 50_000_000, "50 MB, an article has under 8 MB"),
    ],
    ids=["empty", "binary", "invalid UTF-8", "50 MB line"],
)
def test_an_article_that_cannot_be_used_is_one_line(selaras, tmp_path, content, message):
    folder = article(tmp_path / "in", content)
    code, _, err = selaras("build", folder, tmp_path / "out")
    assert code == 1 and err.count("\n") == 1
    assert str(folder / "a.txt") in err and message in err


@pytest.mark.parametrize(
    ("expected", "arguments", "message"),
    [
        (1, ["build", "{tmp}/none", "{tmp}/out"], "none: no such file or folder"),
        (1, ["build", "{tmp}/empty", "{tmp}/out"], "empty: no article in this folder"),
        (1, ["build", "{tmp}/in", "{tmp}/out", "--model", "x"], "no model 'x'; there are bundled"),
        (2, ["build", "{tmp}/in", "{tmp}/out", "--engine", "x"], "no engine 'x'; there are auto"),
        (1, ["build", "{tmp}/in", "{tmp}/out", "--references", "{tmp}/r"], "r: no such file"),
        (
            1,
            ["build", "{tmp}/in", "{tmp}/out", "--references", "{tmp}/empty"],
            "no reference snippet",
        ),
        (2, ["build", "{tmp}/in", "{tmp}/out", "--on-existing", "x"], "there are fail, skip"),
        (2, ["build", "{tmp}/in", "{tmp}/out", "--device", "x"], "no device 'x'; there are auto"),
        (2, ["build", "{tmp}/in", "{tmp}/out", "--compute-type", "x"], "expected auto, int8"),
        (2, ["build", "{tmp}/in", "{tmp}/out", "--keep", "x"], "no label 'x'; there are"),
        (2, ["build", "{tmp}/in", "{tmp}/out", "--links", "{tmp}/two"], "add --references"),
        (1, ["build", "{tmp}/in", "{tmp}/two"], "is a file; name a folder"),
        (1, ["translate", "{tmp}/none"], "none: no such file or folder"),
        (2, ["translate", "{tmp}/in"], "a folder needs an output folder"),
        (2, ["translate", "-", "{tmp}/out"], "standard input goes to standard output"),
        (1, ["translate", "{tmp}/in", "{tmp}/two"], "two: is a file; name a folder"),
        (1, ["clean", "{tmp}/none"], "none: no such file or folder"),
        (1, ["split", "{tmp}/none"], "none: cannot be read"),
        (2, ["score"], "name a run folder, or both"),
        (1, ["score", "{tmp}/in"], "no finished run"),
        (1, ["score", "--hypothesis", "{tmp}/in/a.txt", "--reference", "{tmp}/two"], "has 1 lines"),
        (
            1,
            ["score", "--hypothesis", "{tmp}/blank", "--reference", "{tmp}/blank"],
            "an empty line",
        ),
        (1, ["align", "--translation", "{tmp}/none", "--reference", "{tmp}/two"], "cannot be read"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(selaras, tmp_path, expected, arguments, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "two").write_text("a\nb\n", encoding="utf-8")
    (tmp_path / "blank").write_text("\n", encoding="utf-8")
    article(tmp_path / "in", b"Halo.")
    code, out, err = selaras(*[argument.format(tmp=tmp_path) for argument in arguments])
    assert (code, out) == (expected, "")
    assert err.startswith("selaras: ") and err.count("\n") == 1 and message in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(errno.EMFILE, "Too many open files", "a.txt"), 1, "a.txt: too many open files"),
        (OSError(errno.EIO, "Input/output error", "a.txt"), 75, "a.txt: the disk or the file"),
        (OSError(errno.ESTALE, "Stale file handle"), 75, "file server has lost"),
        (OSError(errno.EPERM, "Operation not permitted", "a.txt"), 1, "a.txt: operation not"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "/proc/foo"), 1, "/proc/foo"),
    ],
)
def test_what_the_system_refuses_is_one_line(selaras, monkeypatch, tmp_path, error, code, said):
    def refused(*_, **__):
        raise error

    monkeypatch.setattr("corpora.reading.documents", refused)
    found = selaras("clean", article(tmp_path / "in", b"Halo."))
    assert found[0] == code and said in found[2] and found[2].count("\n") == 1


def test_wrong_usage_is_code_2(selaras, tmp_path):
    assert selaras("build", "--no-such-option")[0] == 2
    assert selaras("no-such-command")[0] == 2


def test_translate_prints_one_file(selaras, tmp_path):
    (tmp_path / "a.txt").write_text("Hujan turun.\n\nJalan tergenang.\n", encoding="utf-8")
    code, out, _ = selaras("translate", tmp_path / "a.txt")
    assert code == 0 and len(out.split("\n")) == 4 and out.split("\n")[1] == ""


def test_translate_reads_standard_input():
    run = subprocess.run(
        [sys.executable, "-m", "translate", "translate", "-"],
        input="Hujan turun.\n\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert run.returncode == 0 and run.stdout.endswith("\n\n") and run.stderr == ""


def test_clean_explains_every_line(selaras):
    file = EXAMPLES / "articles" / "02-suku-bunga-ceko.txt"
    code, out, _ = selaras("clean", file)
    lines = [json.loads(line) for line in out.splitlines()]
    written = [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
    assert code == 0 and [line["text"] for line in lines] == written
    assert all(line["label"] and line["rule"] for line in lines)


def test_split_prints_a_sentence_a_line(selaras, tmp_path):
    (tmp_path / "a.txt").write_text("Harga 10. 000 rupiah. Naik lagi.\n", encoding="utf-8")
    assert (
        selaras("split", tmp_path / "a.txt", "--repair")[1] == "Harga 10.000 rupiah.\nNaik lagi.\n"
    )


def test_align_prints_links_and_what_is_alone(selaras, tmp_path):
    (tmp_path / "t").write_text("The president arrived in Lima on Tuesday.\nIt rained.\n", "utf-8")
    (tmp_path / "r").write_text(
        "Stocks fell sharply.\nThe president arrived in Lima on Tuesday evening.\n", "utf-8"
    )
    code, out, _ = selaras("align", "--translation", tmp_path / "t", "--reference", tmp_path / "r")
    links = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(link["source"], link["reference"]) for link in links] == [
        ([0], [1]),
        ([1], []),
        ([], [0]),
    ]


def test_score_prints_metrics_and_signatures(selaras, tmp_path):
    (tmp_path / "h").write_text("the cat sat\n", encoding="utf-8")
    code, out, _ = selaras("score", "--hypothesis", tmp_path / "h", "--reference", tmp_path / "h")
    assert code == 0 and [line.split("\t")[0] for line in out.splitlines()] == [
        "BLEU",
        "chrF2++",
        "TER",
    ]


def test_a_full_disk_is_one_line_and_leaves_no_half_file(tmp_path):
    """A real small file system that runs full, where this machine lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=150k", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("cannot mount a small file system here (needs root)")
    try:
        run = subprocess.run(
            [
                sys.executable,
                "-m",
                "translate",
                "build",
                str(EXAMPLES / "articles"),
                str(disk / "o"),
            ],
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        assert run.returncode == 1 and run.stderr.count("\n") == 1, run.stderr
        assert "space" in run.stderr
        assert not list(disk.rglob("*.partial")) and not (disk / "o" / "run.json").exists()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_standard_input_may_be_in_cp1252():
    run = subprocess.run(
        [sys.executable, "-m", "translate", "split", "-"],
        input="“Hujan,” kata José. Jalan tergenang.\n".encode("cp1252"),
        capture_output=True,
        cwd=ROOT,
    )
    assert run.returncode == 0
    assert run.stdout.decode() == "“Hujan,” kata José.\nJalan tergenang.\n"


def test_a_table_names_its_columns_and_the_option(selaras, tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("nomor,naskah\n1,Hujan turun.\n2,Jalan tergenang.\n", encoding="utf-8")
    code, out, err = selaras("clean", table)
    assert (code, out) == (1, "") and "there are: nomor, naskah; name one with" in err
    code, out, _ = selaras("clean", table, "--text-column", "naskah")
    assert code == 0
    assert [json.loads(line)["article"] for line in out.splitlines()] == ["a.csv#1", "a.csv#2"]
    code, out, _ = selaras("split", table, "--text-column", "naskah")
    assert out == "Hujan turun.\nJalan tergenang.\n"
    code, out, _ = selaras("translate", table, "--text-column", "naskah")
    assert code == 0 and out.count("\n") >= 1


def test_a_glossary_is_kept_to_and_told_of(selaras, tmp_path):
    source, terms, output = (tmp_path / name for name in ("a.txt", "terms.tsv", "a.en.txt"))
    source.write_text("Halo {nama}, buka www.contoh.id sekarang.\n***\n")
    terms.write_text("sekarang\tright away\n")
    code, _, err = selaras("translate", source, output, "--glossary", terms)
    english = output.read_text()
    assert code == 0 and "{nama}" in english and "www.contoh.id" in english
    assert english.endswith("***\n")
    kept = int("right away" in english)
    assert f"glossary: {kept} of 1 terms came through" in err
    terms.write_text("sekarang right away\n")
    code, out, err = selaras("translate", source, "--glossary", terms)
    assert (code, out) == (1, "") and err.count("\n") == 1 and f"{terms}:1: " in err


def test_a_defect_keeps_its_traceback_and_has_a_code_of_its_own(selaras, tmp_path, monkeypatch):
    """A job that starts again what died must know it from what a user has to mend."""

    def fall(*_, **__):
        raise RuntimeError("CUDA error: an illegal memory access was encountered")

    monkeypatch.setattr("translate.pipeline.build", fall)
    code, _, err = selaras("build", EXAMPLES / "articles", tmp_path / "o")
    assert code == 70 and err.startswith("Traceback") and "CUDA error" in err


def test_what_ended_early_goes_on_with_the_same_command(selaras, tmp_path, monkeypatch):
    def die(*_, **__):
        raise EndedEarly("all workers ended early")

    monkeypatch.setattr("translate.pipeline.build", die)
    assert selaras("build", EXAMPLES / "articles", tmp_path / "o") == (
        *(75, ""),
        "selaras: all workers ended early\n",
    )
