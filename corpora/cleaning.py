"""What each line of a page is: the article, or the furniture of the site around it.

Three kinds of evidence, in this order: rules that know a line by how it is written, lines that
stand twice or recur across a site, and where an unpunctuated line stands (before, inside or after
the running text).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from corpora.document import Document, LabelledLine, Line, lines_of
from corpora.language import INDONESIAN, is_foreign, words
from corpora.repeats import Repeats
from corpora.rules import LineRule, rule_book, shipped_rules

TITLE_SHARE = 0.4  # of a headline's words stand in the text
RECURS = LineRule("recurs-on-site", "footer", re.compile("$^"), "", "")
KEPT = frozenset({"body", "title"})

SENTENCE_END = re.compile(r"[.!?…][\s\"'”’»)\]]*(\([a-z/]{2,12}\))?\s*$")


def label_lines(
    document: Document,
    rules: Sequence[LineRule] | None = None,
    repeats: Repeats | None = None,
) -> tuple[LabelledLine, ...]:
    """Label every line of a page that is not blank, in order.

    Args:
        document: the page.
        rules: asked in order, the first that matches wins; the shipped ones unless given.
        repeats: what recurs on the document's site; nothing is known unless given.
    """
    lines = list(lines_of(document.text))
    book = rule_book(shipped_rules() if rules is None else tuple(rules))
    by_rule = [book.find(line.text.strip()) for line in lines]
    if repeats:
        by_rule = [
            rule or recurring(line, document, repeats)
            for line, rule in zip(lines, by_rule, strict=True)
        ]
    prose = [not rule and is_prose(line.text) for line, rule in zip(lines, by_rule, strict=True)]
    start = start_of_text(prose, by_rule)
    last = max((index for index, is_text in enumerate(prose) if is_text), default=-1)
    in_run = beside_furniture(by_rule, prose)
    headline = title_of(lines, by_rule, prose, start)
    labelled = []
    seen: set[str] = set()
    block: LineRule | None = None  # the heading of the list of links we are in
    ended = False  # furniture has been met since the last running text
    for index, (line, rule) in enumerate(zip(lines, by_rule, strict=True)):
        if rule:
            block, ended = (rule if rule.opens else block), True
        elif prose[index] and (not block or is_long(line.text)):
            block, ended = None, False
        label, reason, score = (
            (rule.label, rule.name, 0.95)
            if rule
            else by_language_or_repeat(line, seen)
            or (("title", "headline", 0.8) if index == headline else None)
            or ((block.opens, f"below-{block.name}", 0.7) if block else None)
            or (("body", "prose", 0.9) if prose[index] else None)
            or by_place(
                index < start,
                (ended and index > last)
                or (in_run[index] and not heads_or_lists(index, lines, prose)),
            )
        )
        seen.add(folded(line.text))
        labelled.append(LabelledLine(line, label, reason, score))
    return tuple(labelled)


def start_of_text(prose: Sequence[bool], by_rule: Sequence[LineRule | None]) -> int:
    """Index of the first line of running text that no byline follows closely.

    A teaser often stands between the headline and the byline; what is unpunctuated down to the
    byline is a caption or a button, not part of the article.
    """
    start = prose.index(True) if True in prose else len(prose)
    for index in range(start, min(start + 5, len(prose))):
        rule = by_rule[index]
        if rule and rule.label == "byline":
            start = next((i for i in range(index, len(prose)) if prose[i]), len(prose))
    return start


def recurring(line: Line, document: Document, repeats: Repeats) -> LineRule | None:
    """The rule that a line recurs across the pages of its site.

    Long running text must recur on more of them: a story that was posted again is no furniture.
    """
    running = is_long(line.text) and is_prose(line.text)
    return RECURS if repeats.is_furniture(document, line.text, running=running) else None


def is_prose(text: str) -> bool:
    """Tell whether a line reads like running text rather than like a headline or a button.

    >>> is_prose("Presiden itu akan mengunjungi tiga negara pekan depan.")
    True
    >>> is_prose("Harga Cabai Turun, Petani Menjerit")
    False
    """
    found = words(text)
    if len(found) < 3 or is_foreign(text):
        return False
    if SENTENCE_END.search(text):
        return True
    function_words = sum(word in INDONESIAN for word in found)
    lower = sum(word.islower() for word in re.findall(r"[^\W\d_]+", text))
    return len(found) >= 14 and function_words >= 2 and lower > 0.6 * len(found)


def folded(text: str) -> str:
    """The letters and digits of a line, by which repeated lines are found."""
    return "".join(re.findall(r"\w+", text.casefold()))


def is_long(text: str) -> bool:
    """Tell whether running text is too long for a headline in a list of links."""
    return len(words(text)) >= 9 and not text.rstrip().endswith("?")


def title_of(
    lines: Sequence[Line], by_rule: Sequence[LineRule | None], prose: Sequence[bool], start: int
) -> int | None:
    """Index of the headline: above the text, known to no rule, unpunctuated, about the text.

    The first such line that shares words with the running text is the headline; a menu shares few.
    """
    candidates = [
        index
        for index in range(start)
        if not by_rule[index]
        and not prose[index]
        and 4 <= len(words(lines[index].text)) <= 30
        and "|" not in lines[index].text
        and not is_foreign(lines[index].text)
    ]
    running = (line.text for line, is_text in zip(lines, prose, strict=True) if is_text)
    vocabulary = {word for text in running for word in words(text)}

    def shared(index: int) -> float:
        found = words(lines[index].text)
        return sum(word in vocabulary for word in found) / len(found)

    about = (index for index in candidates if shared(index) >= TITLE_SHARE)
    return next(about, candidates[0] if candidates else None)


def by_language_or_repeat(line: Line, seen: set[str]) -> tuple[str, str, float] | None:
    """Label, reason and score of a line that is foreign or stood above already."""
    key = folded(line.text)
    if len(key) >= 20 and key in seen:
        return "duplicate", "repeated-line", 0.95
    if is_foreign(line.text):
        return "foreign", "other-language", 0.8
    return None


LIST_ITEM = re.compile(r"^\s*(?:[-•*–—]|\(?\d{1,2}[.)]|[a-z][.)])\s|[,;:]\s*$|\||:.*\d")


def beside_furniture(by_rule: Sequence[LineRule | None], prose: Sequence[bool]) -> list[bool]:
    """Tell of each line whether its run of unpunctuated lines holds one that is surely furniture.

    A sub-heading stands alone between running text; buttons and links come in groups.
    """
    found: list[bool] = []
    for is_text, run in groupby(zip(prose, by_rule, strict=True), key=itemgetter(0)):
        rules = [rule for _, rule in run]
        found += [not is_text and any(rules)] * len(rules)
    return found


def heads_or_lists(index: int, lines: Sequence[Line], prose: Sequence[bool]) -> bool:
    """Tell whether an unpunctuated line heads a paragraph or a list, or is an item of one."""
    below = index + 1
    heads = below < len(lines) and (prose[below] or bool(LIST_ITEM.search(lines[below].text)))
    return heads or bool(LIST_ITEM.search(lines[index].text))


def by_place(above: bool, below: bool) -> tuple[str, str, float]:
    """Label, reason and score of an unpunctuated line, from where it stands."""
    if above:
        return "navigation", "above-the-text", 0.6
    return ("footer", "below-the-text", 0.6) if below else ("body", "inside-the-text", 0.5)


def kept(labelled: Sequence[LabelledLine]) -> Iterator[LabelledLine]:
    """The lines that are the article: its title and its body."""
    return (line for line in labelled if line.label in KEPT)
