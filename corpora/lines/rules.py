"""Rules that know a line by how it is written: data with an example and a counter-example each."""

import re
import sys
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.language import plain, words_of
from corpora.lines.literals import alternatives, is_anchored
from corpora.lines.prefilter import Prefilter

KINDS: dict[str, type] = {"longest": int, "weak": bool}  # of the keys that are no text
SHIPPED = {"longest": 260}  # furniture is short, and most of the text is in lines that are not
ANY_LENGTH = sys.maxsize
REMEMBERED = 20_000  # lines: some megabytes
RECURRING = 100  # characters of the longest line of which is remembered which rule knows it
LABELS = (
    *("body", "title", "byline", "caption", "credit", "related", "navigation"),
    *("widget", "advert", "footer", "duplicate", "foreign", "spam"),
)


@dataclass(frozen=True, slots=True)
class LineRule:
    """A pattern, and what a line that matches it is.

    Attributes:
        name: unique; the reason that `rejected.jsonl` gives.
        label: what the line is.
        pattern: searched in the line without its outer white space, case ignored.
        example: a line that matches.
        counter_example: a line that resembles the example and does not match.
        opens: label of the unpunctuated lines right below, empty when it says nothing of them.
        longest: characters of the longest line that it is asked about; those of a shipped rule are
            260 unless it says otherwise, those of a user's rule any number.
        weak: whether a line that a shipped rule knows is kept as early as one that none knows;
            else it must be likelier the article than not. A user's rule settles what a line is.
    """

    name: str
    label: str
    pattern: re.Pattern[str]
    example: str
    counter_example: str
    opens: str = ""
    longest: int = ANY_LENGTH
    weak: bool = False

    def matches(self, text: str) -> bool:
        """Tell whether the rule knows this line (given without outer white space)."""
        return len(text) <= self.longest and self.pattern.search(text) is not None


class RuleBook:
    """Rules that are asked in order, and remember: furniture is the same line on every page."""

    def __init__(self, rules: tuple[LineRule, ...]) -> None:
        """Keep the rules in their order."""
        self.rules = rules
        self.longest = sorted({rule.longest for rule in rules})
        self.pages = [Page.of(rules, longest) for longest in self.longest]
        self.known: dict[str, LineRule | None] = {}

    def find(self, text: str, words: Sequence[str] | None = None) -> LineRule | None:
        """The first rule that knows a line.

        Args:
            text: the line, without outer white space.
            words: its words in small letters, if they were counted.
        """
        if text in self.known:
            return self.known[text]
        page = bisect_left(self.longest, len(text))
        if page == len(self.pages):
            return None
        found = self.pages[page].find(text, words_of(plain(text)) if words is None else words)
        if len(text) <= RECURRING:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[text] = found
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """The rules that are asked about lines of some length.

    Attributes:
        parts: what the rules look for, taken apart, each with its rule, in the order of the rules.
        prefilter: tells which of them may match a line.
    """

    parts: tuple[tuple[LineRule, Callable[[str], object]], ...]
    prefilter: Prefilter

    @classmethod
    def of(cls, rules: Iterable[LineRule], length: int) -> "Page":
        """The rules that are asked about a line of so many characters."""
        asked = (rule for rule in rules if rule.longest >= length)
        parts = [(rule, each) for rule in asked for each in alternatives(rule.pattern)]
        matched = ((rule, each.match if is_anchored(each) else each.search) for rule, each in parts)
        return cls(tuple(matched), Prefilter([pattern for _, pattern in parts]))

    def find(self, text: str, words: Sequence[str]) -> LineRule | None:
        """The first rule that knows a line of these words."""
        for number in self.prefilter.candidates(text, words):
            rule, matches = self.parts[number]
            if matches(text):
                return rule
        return None


@cache
def rule_book(rules: tuple[LineRule, ...]) -> RuleBook:
    """The book of these rules, the same one every time."""
    return RuleBook(rules)


def parse_rules(text: str, name: str, *, shipped: bool = False) -> tuple[LineRule, ...]:
    """Read rules from TOML; each must match its example and not its counter-example.

    Args:
        text: the TOML.
        name: what a complaint calls it.
        shipped: whether they ship with the project: such a rule is evidence, which may be weak.

    Raises:
        UserError: the text is no TOML, a key is missing or unknown, a pattern is none, a rule
            fails its own example, or a user's rule is to be weak.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{name}: no TOML: {error}") from None
    if unknown := content.keys() - {"rule"}:
        raise UserError(f"{name}: unknown table {min(unknown)!r}; rules stand under [[rule]]")
    tables = content.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UserError(f"{name}: `rule` must be tables; each begins with [[rule]]")
    rules = tuple(parse_rule(table, name, shipped=shipped) for table in tables)
    names = [rule.name for rule in rules]
    if doubled := {each for each in names if names.count(each) > 1}:
        raise UserError(f"{name}: two rules of the name {min(doubled)!r}")
    return rules


def parse_rule(table: dict[str, Any], name: str, *, shipped: bool) -> LineRule:
    """One rule from its table (see `parse_rules`)."""
    which = table.get("name", "without a name")
    if "weak" in table and not shipped:
        raise UserError(
            f"{name}: rule {which!r}: remove `weak`: a rule of yours settles what a line is, only "
            "the rules that ship with Selaras are weighed"
        )
    for key, value in table.items():
        kind = KINDS.get(key, str)
        if type(value) is not kind:
            expected = {int: "a number", bool: "true or false"}.get(kind, "a string")
            raise UserError(f"{name}: rule {which!r}: {key} must be {expected}")
    try:
        pattern = re.compile(table["pattern"], re.IGNORECASE)
        rule = LineRule(**{**(SHIPPED if shipped else {}), **table, "pattern": pattern})
    except (KeyError, TypeError, re.error) as error:
        raise UserError(f"{name}: rule {which!r} is not as expected: {error}") from None
    if unknown := {rule.label, rule.opens or rule.label} - set(LABELS):
        raise UserError(
            f"{name}: rule {which!r}: no label {min(unknown)!r}; there are {', '.join(LABELS)}"
        )
    if not rule.matches(rule.example) or rule.matches(rule.counter_example):
        raise UserError(f"{name}: rule {which!r} fails its own example or counter-example")
    return rule


@cache
def shipped_rules() -> tuple[LineRule, ...]:
    """The rules that ship with the project, in the order in which they are asked."""
    data = files("corpora").joinpath("data", "line_rules.toml")
    return parse_rules(data.read_text(encoding="utf-8"), "line_rules.toml", shipped=True)


def read_rules(path: Path) -> tuple[LineRule, ...]:
    """Read a user's own rules.

    Raises:
        UserError: the file cannot be read or holds something else.
    """
    try:
        return parse_rules(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read as rules ({error})") from None
