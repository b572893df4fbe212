"""What each line of a page is: the article, or the furniture of the site around it.

Some lines settle themselves: those that a user's rule knows, that recur across a site, that stand
above already or are in another language. Of all others the evidence is weighed (see
`corpora/line_model.py`): how a line is written, which shipped rule knows it, what stands around it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpora.document import Document, LabelledLine, Line, lines_of
from corpora.line_features import Place, look, place_of
from corpora.line_model import ARTICLE, LineModel, line_model
from corpora.line_places import is_long
from corpora.repeats import Repeats
from corpora.rules import LineRule, RuleBook, rule_book, shipped_rules

KEPT = frozenset({"body", "title"})
RECURS = LineRule("recurs-on-site", "footer", re.compile("$^"), "", "")
KEEPS = 0.25  # probability of being the article from which a line is kept; see docs/benchmarks.md
LISTED = 0.6  # the same for an unpunctuated line below a heading of links
OVERRULES = 0.65  # the same for a line that a weak rule knows

BARE = frozenset({"word", "phrase", "headline", "long-headline"})
Verdict = tuple[str, str, float]  # label, reason, score


def label_lines(
    document: Document,
    rules: Sequence[LineRule] | None = None,
    repeats: Repeats | None = None,
    model: LineModel | None = None,
) -> tuple[LabelledLine, ...]:
    """Label every line of a page that is not blank, in order.

    Args:
        document: the page.
        rules: asked in order, the first that matches wins; the shipped ones unless given. One that
            is not shipped settles what a line is, a shipped one is evidence.
        repeats: what recurs on the document's site; nothing is known unless given.
        model: the weights of the evidence; those that ship with the project unless given.
    """
    lines = list(lines_of(document.text))
    book = shipped_book() if rules is None else rule_book(tuple(rules))
    by_rule = [book.find(line.text.strip()) for line in lines]
    if repeats:
        by_rule = [
            rule or recurring(line, document, repeats)
            for line, rule in zip(lines, by_rule, strict=True)
        ]
    place = place_of(lines, by_rule)
    fixed = settled(place)
    weighed = verdicts(place, fixed, model or line_model())
    labelled = []
    said: set[str] = set()  # by the lines that are kept
    for line, seen, known, found in zip(lines, place.looks, fixed, weighed, strict=True):
        verdict = known or found
        if verdict[0] in KEPT:
            key = seen.key
            if len(key) >= 20 and key in said:
                verdict = ("duplicate", "repeated-line", 0.95)
            said.add(key)
        labelled.append(LabelledLine(line, *verdict))
    return tuple(labelled)


@cache
def shipped_book() -> RuleBook:
    """The book of the rules that ship with the project."""
    return rule_book(shipped_rules())


def settled(place: Place) -> list[Verdict | None]:
    """What is known of a line without weighing; None where it must be weighed."""
    weak = weak_names()
    found: list[Verdict | None] = []
    before: set[str] = set()
    each = zip(place.looks, place.rules, place.text, place.foreign, strict=True)
    for seen, rule, is_text, is_foreign in each:
        if rule and rule.name not in weak:
            found.append((rule.label, rule.name, 0.95))
        elif not rule and len(seen.key) >= 20 and seen.key in before:
            found.append(("duplicate", "repeated-line", 0.95))
        elif is_foreign:
            found.append(("foreign", "other-language", 0.8))
        else:
            found.append(None)
            if is_text or seen.is_prose:
                before.add(seen.key)
    return found


@cache
def weak_names() -> frozenset[str]:
    """Names of the shipped rules that other evidence may outweigh."""
    return frozenset(rule.name for rule in shipped_rules() if rule.weak)


def verdicts(place: Place, fixed: Sequence[Verdict | None], model: LineModel) -> list[Verdict]:
    """Label, reason and score of each line by the weight of its evidence."""
    shares = model.weigh(place)
    labels = model.second.labels
    body, title = (labels.index(label) for label in ARTICLE)
    spam = labels.index("spam")
    no_spam = [index for index, seen in enumerate(place.looks) if not seen.says_spam]
    shares[no_spam, body] += shares[no_spam, spam]
    shares[no_spam, spam] = 0
    article = (shares[:, body] + shares[:, title]).tolist()
    heading = headline(fixed, shares[:, title].tolist(), article)
    shares[:, [body, title]] = 0
    best = shares.argmax(1).tolist()
    found: list[Verdict] = []
    for index, share in enumerate(article):
        rule = place.rules[index]
        if index == heading:
            found.append(("title", "headline", share))
        elif share >= bar(place, index):
            found.append(("body", "weighed", share))
        elif rule:
            found.append((rule.label, rule.name, 0.95))
        elif fixed[index]:
            found.append(("body", "weighed", share))  # settled otherwise; never looked at
        else:
            found.append((labels[best[index]], "weighed", 1 - share))
    return found


def bar(place: Place, index: int) -> float:
    """The probability of being the article from which a line is kept."""
    if place.rules[index]:
        return OVERRULES
    below_links = place.alone[index] in ("below-related", "below-footer")
    return LISTED if below_links and place.looks[index].kind in BARE else KEEPS


def headline(
    fixed: Sequence[Verdict | None], shares: Sequence[float], article: Sequence[float]
) -> int | None:
    """Index of the line that is the title, if one is."""
    candidates = [
        index
        for index, share in enumerate(shares)
        if share >= 0.3 and article[index] >= KEEPS and not fixed[index]
    ]
    return max(candidates, key=lambda index: shares[index], default=None)


def recurring(line: Line, document: Document, repeats: Repeats) -> LineRule | None:
    """The rule that a line recurs across the pages of its site.

    Long running text must recur on more of them: a story that was posted again is no furniture.
    """
    seen = look(line.text.strip())
    running = is_long(seen.text, seen.found) and seen.is_prose
    return RECURS if repeats.is_furniture(document, line.text, running=running) else None


def kept(labelled: Sequence[LabelledLine]) -> Iterator[LabelledLine]:
    """The lines that are the article: its title and its body."""
    return (line for line in labelled if line.label in KEPT)
