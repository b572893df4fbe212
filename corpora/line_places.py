"""What the place of a line alone says of it: before, inside or after the running text.

Rules of thumb that ask no weights: what is unpunctuated above the running text is a menu, below it
a footer, below a heading of links a link; between paragraphs it is a subheading unless buttons
stand beside it. One more piece of evidence for `corpora/line_features.py`.
"""

import re
from collections.abc import Sequence
from itertools import chain, groupby
from operator import itemgetter

from corpora.rules import LineRule

TITLE_SHARE = 0.4  # of a headline's words stand in the text
LIST_ITEM = re.compile(r"^\s*(?:[-•*–—]|\(?\d{1,2}[.)]|[a-z][.)])\s|[,;:]\s*$|\||:.*\d")


def places(
    texts: Sequence[str],
    words: Sequence[Sequence[str]],
    by_rule: Sequence[LineRule | None],
    prose: Sequence[bool],
    foreign: Sequence[bool],
) -> list[str]:
    """What the place of each line says of it, in one word.

    Args:
        texts: the lines of a page without outer white space.
        words: of each line, in small letters.
        by_rule: the rule that knows it, if one does.
        prose: whether it reads like running text and no rule knows it.
        foreign: whether it is in another language.
    """
    start = start_of_text(prose, by_rule)
    last = max((index for index, is_text in enumerate(prose) if is_text), default=-1)
    in_run = beside_furniture(by_rule, prose)
    top = title_of(texts, words, by_rule, prose, foreign, start)
    found = []
    block: LineRule | None = None  # the heading of the list of links we are in
    ended = False  # furniture has been met since the last running text
    for index, (text, rule) in enumerate(zip(texts, by_rule, strict=True)):
        if rule:
            block, ended = (rule if rule.opens else block), True
        elif prose[index] and (not block or is_long(text, words[index])):
            block, ended = None, False
        if rule:
            found.append("rule")
        elif index == top:
            found.append("headline")
        elif block:
            found.append(f"below-{block.opens}")
        elif prose[index]:
            found.append("prose")
        elif index < start:
            found.append("above-the-text")
        elif ended and index > last:
            found.append("below-the-text")
        else:
            heads = heads_or_lists(index, texts, prose)
            found.append("beside-furniture" if in_run[index] and not heads else "inside-the-text")
    return found


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


def is_long(text: str, words: Sequence[str]) -> bool:
    """Tell whether running text of these words is too long for a headline in a list of links."""
    return len(words) >= 9 and not text.endswith("?")


def title_of(
    texts: Sequence[str],
    words: Sequence[Sequence[str]],
    by_rule: Sequence[LineRule | None],
    prose: Sequence[bool],
    foreign: Sequence[bool],
    start: int,
) -> int | None:
    """Index of the headline: above the text, known to no rule, unpunctuated, about the text.

    The first such line that shares words with the running text is the headline; a menu shares few.
    """
    candidates = [
        index
        for index in range(start)
        if not by_rule[index]
        and not prose[index]
        and 4 <= len(words[index]) <= 30
        and "|" not in texts[index]
        and not foreign[index]
    ]
    if not candidates:
        return None
    running = (said for said, is_text in zip(words, prose, strict=True) if is_text)
    vocabulary = set(chain.from_iterable(running))

    def shared(index: int) -> float:
        return sum(map(vocabulary.__contains__, words[index])) / len(words[index])

    about = (index for index in candidates if shared(index) >= TITLE_SHARE)
    return next(about, candidates[0])


def beside_furniture(by_rule: Sequence[LineRule | None], prose: Sequence[bool]) -> list[bool]:
    """Tell of each line whether its run of unpunctuated lines holds one that is surely furniture.

    A sub-heading stands alone between running text; buttons and links come in groups.
    """
    found: list[bool] = []
    for is_text, run in groupby(zip(prose, by_rule, strict=True), key=itemgetter(0)):
        rules = [rule for _, rule in run]
        found += [not is_text and any(rules)] * len(rules)
    return found


def heads_or_lists(index: int, texts: Sequence[str], prose: Sequence[bool]) -> bool:
    """Tell whether an unpunctuated line heads a paragraph or a list, or is an item of one."""
    below = index + 1
    heads = below < len(texts) and (prose[below] or bool(LIST_ITEM.search(texts[below])))
    return heads or bool(LIST_ITEM.search(texts[index]))
