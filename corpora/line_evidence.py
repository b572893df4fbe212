"""Names of what speaks for and against a line: what a clue of `corpora/line_features.py` says.

A clue is a tuple of what was looked at and what was found there; it says several things at once,
for weights are learnt of single findings and of findings together with the kind of the line.
"""

from collections.abc import Callable, Iterator

Clue = tuple[object, ...]


def names_of(clue: Clue) -> list[str]:
    """Names of all that a clue says.

    >>> names_of(("repeats", "phrase", "above"))
    ['repeats-above', 'repeats-above&phrase']
    """
    about, kind, *found = clue
    return list(NAMES[str(about)](str(kind), *found))


def written(kind: str, length: int, opens: str, ends: str, digits: int) -> Iterator[str]:
    """How a line is written; every line has this clue."""
    yield from ("always", f"kind={kind}", f"words={length}", f"digits={digits}")
    yield from (name for name in (opens, ends) if name != "-")


def words(kind: str, grammar: int, level: int, shouted: bool, calls: bool) -> Iterator[str]:
    """What the words of a line say."""
    yield from (f"grammar={grammar}", f"capitals={level}", f"capitals={level}&{kind}")
    if shouted:
        yield from ("all-capitals", f"all-capitals&{kind}")
    if calls:
        yield from ("opens-with-call", f"opens-with-call&{kind}")


def from_list(kind: str, name: str, number: int, share: int) -> Iterator[str]:
    """How many words of a list a line has."""
    yield from (f"{name}={number}", f"{name}-share={share}", f"{name}&{kind}")


def signs(kind: str, names: tuple[str, ...]) -> Iterator[str]:
    """Which signs of a site a line has."""
    for name in names:
        yield from (name, f"{name}&{kind}")


def appeals(kind: str, several: int, reports: bool) -> Iterator[str]:
    """How many lists of the words of sites and adverts a line has words of."""
    yield from (f"appeals={several}", f"appeals={several}&{kind}")
    yield f"appeals={several}&{'reports' if reports else 'states'}"


def where(kind: str, place: str, up: int, down: int) -> Iterator[str]:
    """Where a line stands to the running text, and how far from it."""
    yield from (f"where={place}", f"{kind}&{place}")
    yield from (f"text-above={up}&{place}", f"text-below={down}&{place}")


def above(own: str, before: str, further: str) -> Iterator[str]:
    """What stands above a line."""
    yield from (f"above={before}", f"above={before}&{own}", f"above-2={further}")


def below(own: str, after: str, later: str) -> Iterator[str]:
    """What stands below a line."""
    yield from (f"below={after}", f"below={after}&{own}", f"below-2={later}")


def alone(kind: str, place: str, around: tuple[int, int], own: str) -> Iterator[str]:
    """What the place alone says, and what crowd it is in."""
    crowd = f"{around[0]}{around[1]}"
    yield from (f"alone={place}", f"alone={place}&{kind}", f"alone={place}&{crowd}")
    yield f"near={crowd}&{own}"


def spaced(kind: str, spacing: int, blank: bool, blank_below: bool, part: int) -> Iterator[str]:
    """Blank lines on the page and around the line, and the part of the page that it is in."""
    name = f"spaced={spacing}&{blank:d}{blank_below:d}"
    yield from (name, f"{name}&{kind}", f"page={part}")


def met(
    kind: str, opened: str, since: int, listing: bool, ended: bool, about: bool
) -> Iterator[str]:
    """What was met on the way down the page."""
    if opened:
        yield from (f"below-{opened}&{kind}", f"below-{opened}={since}")
    if listing:
        yield from ("in-list", f"in-list&{kind}")
    if ended:
        yield from ("after-end", f"after-end&{kind}")
    if about:
        yield from ("after-about", f"after-about&{kind}")


def passed(kind: str, ends: int, paragraphs: int, left: int) -> Iterator[str]:
    """How many ends of the text and paragraphs stand above, how many paragraphs below."""
    yield from (f"ends={ends}&{kind}", f"ends={ends}&left={min(left, 3)}")
    yield from (f"text-so-far={paragraphs}&{kind}", f"text-left={left}&{kind}")


def topic(kind: str, level: int | None, lists: tuple[str, ...]) -> Iterator[str]:
    """How much of a line is about what the running text is about."""
    if level is None:
        yield "no-topic"
        return
    yield from (f"topic={level}", f"topic={level}&{kind}")
    yield from (f"topic={level}&{name}" for name in lists)


def repeats(kind: str, side: str) -> Iterator[str]:
    """On which side the same words stand."""
    yield from (f"repeats-{side}", f"repeats-{side}&{kind}")


def rule(kind: str, name: str, label: str) -> Iterator[str]:
    """Which rule knows the line."""
    if not name:
        yield "no-rule"
        return
    yield from (f"rule={name}", f"label={label}", f"label={label}&{kind}")


NAMES: dict[str, Callable[..., Iterator[str]]] = {
    "above": above,
    "alone": alone,
    "appeals": appeals,
    "below": below,
    "list": from_list,
    "met": met,
    "passed": passed,
    "repeats": repeats,
    "rule": rule,
    "signs": signs,
    "spaced": spaced,
    "topic": topic,
    "where": where,
    "words": words,
    "written": written,
}
