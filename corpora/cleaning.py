"""What each line of a page is: the article, or the furniture of the site around it.

Some lines settle themselves: those that a user's rule knows, that recur across a site or that begin
one above. Of all others the evidence is weighed (see `corpora/lines/model.py`): how a line is
written, which shipped rule knows it, what stands around it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, groupby, repeat
from typing import Any

import numpy as np

from corpora.document import Document, LabelledLine, lines_of
from corpora.lines.echoes import ECHOES
from corpora.lines.evidence import ALONE
from corpora.lines.features import Place, place_of
from corpora.lines.look import Look, look
from corpora.lines.model import ARTICLE, LineModel, line_model
from corpora.lines.page_bounds import NEVER
from corpora.lines.places import is_long
from corpora.lines.repeats import Repeats
from corpora.lines.rules import LineRule, RuleBook, rule_book, shipped_rules

KEPT = frozenset({"body", "title"})
RECURS = LineRule("recurs-on-site", "footer", re.compile("$^"), "", "")
KEEPS = 0.2  # probability of being the article from which a line is kept; see docs/benchmarks.md
OVERRULES = 0.5  # the same for a foreign line, and for one that a rule knows which is not weak
LISTED = 0.998  # the same for an unpunctuated line below a heading of links
CAPTION = 0.95  # the same for one between a byline and the first paragraph
TITLE = 0.3  # probability of being the title from which a line may be it
RULED = 0.95  # score of a line that a rule knows

BELOW_LINKS = frozenset(ALONE.index(name) for name in ("below-related", "below-footer"))
BARE = frozenset({"word", "phrase", "headline", "long-headline"})
Verdict = tuple[str, str, float]  # label, reason, score
PART = re.compile(r"\s[-–—|»]\s|:\s")  # between headline and site, or parts of a headline
REPEATED: Verdict = ("duplicate", "repeated-line", RULED)
CUT_OFF: Verdict = ("duplicate", "cut-off-line", RULED)  # the beginning of a line above
SAME = (ECHOES.index("same-above"), ECHOES.index("same-below"))
LEAST_REPEATED = 20  # letters and digits of a line that stands on a page once


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
    return label_pages([document], rules, repeats, model)[0]


def label_pages(
    documents: Sequence[Document],
    rules: Sequence[LineRule] | None = None,
    repeats: Repeats | None = None,
    model: LineModel | None = None,
) -> list[tuple[LabelledLine, ...]]:
    """Label every line of some pages as `label_lines` does, in a third of the time.

    Args:
        documents: the pages; some dozens are as fast as many.
        rules: see `label_lines`, and so the others.
        repeats: of the documents' sites.
        model: the weights.
    """
    by_page = [list(lines_of(document.text)) for document in documents]
    lines = list(chain.from_iterable(by_page))
    looks = [look(line.text.strip()) for line in lines]
    book = shipped_book() if rules is None else rule_book(tuple(rules))
    by_rule = [book.find(seen.text, seen.found) for seen in looks]
    counts = list(map(len, by_page))
    recurs = [False] * len(lines)
    if repeats:
        of_line = chain.from_iterable(map(repeat, documents, counts))
        recurs = [recurring(*each, repeats) for each in zip(looks, of_line, strict=True)]
        by_rule = [
            rule or (RECURS if again else None) for rule, again in zip(by_rule, recurs, strict=True)
        ]
    place = place_of(lines, by_rule, looks, counts)
    fixed = settled(place, recurs)
    weighed = verdicts(place, fixed, model or line_model())
    said = [known or found for known, found in zip(fixed, weighed, strict=True)]
    labelled = [LabelledLine(line, *verdict) for line, verdict in zip(lines, said, strict=True)]
    return [tuple(labelled[page]) for page in place.bounds.slices]


@cache
def shipped_book() -> RuleBook:
    """The book of the rules that ship with the project."""
    return rule_book(shipped_rules())


def settled(place: Place, recurs: Sequence[bool]) -> list[Verdict | None]:
    """What is known of a line without weighing; None where it must be weighed.

    Args:
        place: of the lines.
        recurs: whether each recurs on its site. One that a shipped rule knows as well has its
            label; lines around it are weighed as they are on a page of its own.
    """
    shipped = shipped_names()
    found: list[Verdict | None] = []
    for index, (rule, whole) in enumerate(zip(place.rules, place.whole.tolist(), strict=True)):
        verdict: Verdict | None = None
        if rule:
            if shipped.get(rule.name) is not rule:
                verdict = (rule.label, rule.name, RULED)
            elif recurs[index]:
                verdict = (rule.label, RECURS.name, RULED)
        elif whole != NEVER and not stands_for_itself(place, index, whole):
            verdict = CUT_OFF
        found.append(verdict)
    return found


def stands_for_itself(place: Place, index: int, whole: int) -> bool:
    """Whether a line that begins the one above at `whole` may be a subheading, or the headline.

    A headline that was cut off somewhere lacks its last words; a subheading has the first few, or
    those before a colon, and what the headline lacks is the name of the site.
    """
    own, above = place.looks[index], place.looks[whole]
    text, longer = own.text.casefold(), above.text.casefold()
    if not {own.kind, above.kind} <= BARE or not longer.startswith(text):
        return False
    rest = longer[len(text) :]
    is_short = rest[:1].isspace() and 2 * len(own.found) <= len(above.found)
    return bool(PART.search(rest) or (is_short and place.text[whole:index].any()))


@cache
def shipped_names() -> dict[str, LineRule]:
    """The shipped rules by name: evidence all of them, which other evidence may outweigh."""
    return {rule.name: rule for rule in shipped_rules()}


def verdicts(place: Place, fixed: Sequence[Verdict | None], model: LineModel) -> list[Verdict]:
    """Label, reason and score of each line by the weight of its evidence."""
    shares = model.weigh(place)
    body, title = (model.labels.index(label) for label in ARTICLE)
    article = shares[:, body].copy()
    headings = list(headlines(place, fixed, shares[:, title].tolist()))
    article[headings] += shares[headings, title]
    shares[:, [body, title]] = 0
    best = shares.argmax(1).tolist()
    repeats = repeated(place, fixed, headings, article)
    found: list[Verdict] = []
    each = zip(article.tolist(), place.rules, bars(place), strict=True)
    for index, (share, rule, bar) in enumerate(each):
        if index in repeats:
            found.append(REPEATED)
        elif share >= bar:
            label = ("title", "headline") if index in headings else ("body", "weighed")
            found.append((*label, share))
        elif rule:
            found.append((rule.label, rule.name, RULED))
        elif place.foreign[index]:
            found.append(("foreign", "other-language", 1 - share))
        else:
            found.append((model.labels[best[index]], "weighed", 1 - share))
    return found


def repeated(
    place: Place, fixed: Sequence[Verdict | None], headings: Sequence[int], article: Any
) -> set[int]:
    """Index of every long line that its page says at a likelier place too.

    Args:
        place: of the lines.
        fixed: what is known of them; such lines stay as they are.
        headings: indices of titles.
        article: probability of being the article, (lines,); what a line is likeliest to be at any
            of its places it is at the one that is left to it.
    """
    lines: dict[tuple[int, str], list[int]] = {}
    for index in np.flatnonzero(np.isin(place.echo, SAME)).tolist():
        key = place.looks[index].key
        if len(key) >= LEAST_REPEATED and not fixed[index]:
            lines.setdefault((int(place.bounds.first[index]), key), []).append(index)
    found: set[int] = set()
    for same in lines.values():
        own = likeliest = max(same, key=article.__getitem__)  # the first of them, if they are equal
        if likeliest not in headings:
            own = next((index for index in same if is_subheading(place, index)), likeliest)
        article[own] = article[likeliest]
        found |= set(same) - {own}
    return found


def is_subheading(place: Place, index: int) -> bool:
    """Whether a line has no stop and stands between paragraphs, as in no table of contents."""
    inside = place.bounds.first[index] < index < place.bounds.end[index] - 1
    between = inside and place.text[index - 1] and place.text[index + 1]
    return bool(between and place.looks[index].kind in BARE)


def bars(place: Place) -> Iterator[float]:
    """The probability of being the article from which each line is kept."""
    below_bylines = under_bylines(place).tolist()
    only = (place.bounds.end - place.bounds.first == 1).tolist()
    each = (place.rules, place.foreign, place.looks, place.alone.tolist(), below_bylines, only)
    for rule, foreign, seen, alone, below_byline, is_only in zip(*each, strict=True):
        if rule or foreign:
            yield KEEPS if rule and rule.weak else OVERRULES
        elif is_only:
            yield 0.0  # nothing around it tells otherwise, and somebody wants it translated
        elif seen.kind in BARE and (below_byline or alone in BELOW_LINKS):
            yield CAPTION if below_byline else LISTED
        else:
            yield KEEPS


def under_bylines(place: Place) -> Any:
    """Which lines stand between a byline and the first or second paragraph, as captions do."""
    text = place.text
    bylines = np.array([rule is not None and rule.label == "byline" for rule in place.rules], bool)
    top = place.bounds.passed(text) <= 1  # the first may be a summary
    return top & place.bounds.shifted(bylines, 1, False) & place.bounds.shifted(text, -1, False)


def headlines(
    place: Place, fixed: Sequence[Verdict | None], shares: Sequence[float]
) -> Iterator[int]:
    """Index of the line of each page that is its title, if one is."""
    candidates = [
        index for index, share in enumerate(shares) if share >= TITLE and not fixed[index]
    ]
    first = place.bounds.first
    for _, lines in groupby(candidates, key=lambda index: int(first[index])):
        yield max(lines, key=shares.__getitem__)


def recurring(seen: Look, document: Document, repeats: Repeats) -> bool:
    """Whether a line recurs across the pages of its site.

    Long running text must recur on more of them: a story that was posted again is no furniture.
    """
    running = is_long(seen.text, seen.found) and seen.is_prose
    return repeats.is_furniture(document, seen.text, running=running)


def kept(labelled: Sequence[LabelledLine]) -> Iterator[LabelledLine]:
    """The lines that are the article: its title and its body."""
    return (line for line in labelled if line.label in KEPT)
