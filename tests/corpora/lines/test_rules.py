import signal
from contextlib import contextmanager

import pytest

from corpora.errors import UserError
from corpora.lines.rules import LABELS, parse_rules, read_rules, rule_book, shipped_rules

RULE = """[[rule]]
name = "stamp"
label = "byline"
pattern = '^\\d+ jam lalu$'
example = "3 jam lalu"
counter_example = "Tiga jam lalu ia pergi."
"""
EVERY_SHIPPED = pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: rule.name)


@EVERY_SHIPPED
def test_matches_its_example(rule):
    assert rule.matches(rule.example)


@EVERY_SHIPPED
def test_does_not_match_its_counter_example(rule):
    assert not rule.matches(rule.counter_example)


@EVERY_SHIPPED
def test_gives_labels_that_exist(rule):
    assert rule.label in LABELS
    assert rule.opens in {"", *LABELS}


def test_shipped_names_are_unique():
    names = [rule.name for rule in shipped_rules()]
    assert len(set(names)) == len(names)


@contextmanager
def stopped_when_it_hangs():
    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarm on this system")
@pytest.mark.parametrize(
    "line",
    [
        pytest.param(" ".join(map(str, range(2010, 2025))) + " jumlah", id="years"),
        pytest.param("A" + "a" * 60 + "h, capek.", id="a long shout"),
        pytest.param("ab > " * 60 + "c.", id="arrows"),
        pytest.param("ab / " * 60 + "c.", id="slashes"),
        pytest.param("> " * 60 + "Halo.", id="quoted mail"),
        pytest.param("." * 300 + "x", id="stops"),
        pytest.param("#a " * 60 + "x", id="hashtags"),
    ],
)
def test_no_rule_hangs(line):
    """A pattern that repeats a repetition tries every way to share a line out: forever."""
    with stopped_when_it_hangs():
        for rule in shipped_rules():
            rule.matches(line)


def test_a_file_of_own_rules(tmp_path):
    (tmp_path / "own.toml").write_text(RULE, encoding="utf-8")
    (rule,) = read_rules(tmp_path / "own.toml")
    assert (rule.name, rule.label, rule.opens) == ("stamp", "byline", "")


def test_case_is_ignored():
    (rule,) = parse_rules(RULE, "own.toml")
    assert rule.matches("3 JAM LALU")


def test_an_own_rule_knows_lines_of_any_length_unless_it_says_otherwise():
    (rule,) = parse_rules(RULE.replace("^", ""), "own.toml")
    (short,) = parse_rules(RULE.replace("^", "") + "longest = 260\n", "own.toml")
    long = "Harga beras naik. " * 100 + "3 jam lalu"
    assert rule.matches(long) and rule_book((rule,)).find(long) is rule
    assert not short.matches(long) and rule_book((short, rule)).find(long) is rule


def test_shipped_rules_may_be_weak_and_know_short_lines_alone():
    (rule,) = parse_rules(RULE + "weak = true\n", "line_rules.toml", shipped=True)
    assert rule.weak and rule.longest == 260
    assert {each.longest for each in shipped_rules()} >= {260}


def test_no_rules():
    assert parse_rules("", "own.toml") == ()


def broken(old, new):
    assert old in RULE
    return RULE.replace(old, new)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[rule]\n", "no TOML"),
        (broken("name =", "nmae ="), "nmae"),
        (RULE + "colour = 'red'\n", "colour"),
        (broken("pattern = '^\\d+ jam lalu$'\n", ""), "pattern"),
        (broken("label = ", "opens = "), "label"),
        (broken("'^\\d+ jam lalu$'", "'(jam'"), "unterminated"),
        (broken("'^\\d+ jam lalu$'", "3"), "string"),
        ("rule = 3\n", r"must be tables; each begins with \[\[rule"),
        ('rule = ["stamp"]\n', r"must be tables; each begins with \[\[rule"),
        (broken('example = "3 jam', 'example = "tiga jam'), "'stamp' fails its own example"),
        (broken('"Tiga jam lalu ia pergi."', '"3 jam lalu"'), "'stamp' fails its own"),
        (broken('"3 jam lalu"', "3"), "'stamp': example must be a string"),
        (broken("[[rule]]", "[[rules]]"), r"unknown table 'rules'; rules stand under \[\[rule"),
        (RULE + RULE, "two rules of the name 'stamp'"),
        (broken('"byline"', '"bylien"'), "no label 'bylien'; there are body, title"),
        (RULE + "opens = 'relatd'\n", "no label 'relatd'"),
        (RULE + "weak = true\n", "'stamp': remove `weak`: a rule of yours settles"),
        (RULE + "weak = false\n", "'stamp': remove `weak`"),
        (RULE + "longest = true\n", "'stamp': longest must be a number"),
        (RULE + "longest = 5\n", "'stamp' fails its own example"),
    ],
    ids=[
        "no TOML",
        "misspelt key",
        "unknown key",
        "no pattern",
        "no label",
        "bad pattern",
        "pattern is a number",
        "rule is a number",
        "rule is a list of names",
        "example does not match",
        "counter-example matches",
        "example is a number",
        "misspelt table",
        "name stands twice",
        "unknown label",
        "unknown label of what is below",
        "weak",
        "not weak",
        "length is no number",
        "example is too long",
    ],
)
def test_a_bad_file_is_the_users_error(text, complaint):
    with pytest.raises(UserError, match=rf"^own\.toml: .*{complaint}"):
        parse_rules(text, "own.toml")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match=r"own\.toml: cannot be read as rules"):
        read_rules(tmp_path / "own.toml")


def test_a_file_that_is_no_utf8(tmp_path):
    (tmp_path / "own.toml").write_bytes(b"# caf\xe9")
    with pytest.raises(UserError, match=r"own\.toml: cannot be read as rules"):
        read_rules(tmp_path / "own.toml")
