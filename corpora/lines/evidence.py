"""What speaks for and against a line: the names of single findings, and clues that say several.

A clue says several things at once, for weights are learnt of single findings and of findings
together with the kind of the line. It is a tuple of what was looked at and what was found.
"""

from collections.abc import Callable, Iterator

from corpora.lines.rules import LABELS

Clue = tuple[object, ...]

KINDS = (
    *("no-words", "question", "colon", "remark", "sentence", "paragraph", "item"),
    *("word", "phrase", "headline", "long-headline", "unfinished"),
)
APPEALS = ("call", "offer", "site", "company", "reader", "camera")  # lists of data/words.toml
OPENS = ("", *LABELS)  # of the lines below a heading
ALONE = (  # what the place alone says; the last words follow `OPENS`
    *("rule", "headline", "prose", "above-the-text", "below-the-text"),
    *("beside-furniture", "inside-the-text", *(f"below-{label}" for label in LABELS)),
)


def names_of(clue: Clue) -> list[str]:
    """Names of all that a clue says.

    >>> names_of(("repeats", "phrase", "above"))
    ['repeats-above', 'repeats-above&phrase']
    """
    about, *found = clue
    return list(NAMES[str(about)](*found))


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


def rule(kind: str, name: str, label: str) -> Iterator[str]:
    """Which rule knows the line."""
    if not name:
        yield "no-rule"
        return
    yield from (f"rule={name}", f"label={label}", f"label={label}&{kind}")


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


def alone(kind: str, place: str, furniture: int, text: int, own: str) -> Iterator[str]:
    """What the place alone says, and what crowd it is in."""
    crowd = f"{furniture}{text}"
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


def mark(kind: str, name: str) -> Iterator[str]:
    """A mark of what is written about an article, not in it."""
    yield from (f"mark={name}", f"mark={name}&{kind}")


def foreign(kind: str, foreign: bool) -> Iterator[str]:
    """Whether a line is in another language."""
    if foreign:
        yield from ("foreign", f"foreign&{kind}")


def echo(kind: str, where: str) -> Iterator[str]:
    """Whether another line of the page says a line again."""
    if where:
        yield from (f"echo={where}", f"echo={where}&{kind}")


def said(kind: str, up: int, down: int) -> Iterator[str]:
    """How much of a line stands above and below it too, word by word."""
    if up or down:
        yield from (f"said={up}{down}", f"said={max(up, down)}&{kind}")


def kin(kind: str, place: str, share: int, twice: int) -> Iterator[str]:
    """How much of a line the running text speaks of too."""
    yield from (f"kin={share}", f"kin={share}&{kind}", f"kin={share}&{place}")
    yield f"kin-twice={twice}&{kind}"


def kin_beside(kind: str, up: int, down: int, above: int, below: int) -> Iterator[str]:
    """How much of it the lines beside speak of, and all above and below."""
    yield from (
        f"kin-up={up}&{kind}",
        f"kin-down={down}&{kind}",
        f"kin-sides={above}{below}&{kind}",
    )


def kin_title(kind: str, share: int) -> Iterator[str]:
    """How much of it the headline speaks of."""
    yield from (f"kin-title={share}", f"kin-title={share}&{kind}")


def like(kind: str, share: int, unlike: int, beside: int, rare: int) -> Iterator[str]:
    """How like the words of a line are to those of the page, and how rare."""
    yield from (f"like={share}&{kind}", f"unlike={unlike}", f"unlike={unlike}&{kind}")
    yield from (f"like-beside={beside}&{kind}", f"rare={rare}&{kind}")


def to_title(kind: str, steps: int) -> Iterator[str]:
    """How far a line stands from the headline."""
    yield from (f"to-title={steps}", f"to-title={steps}&{kind}")


def to_byline(kind: str, steps: int) -> Iterator[str]:
    """How far it stands from the last byline above the text."""
    yield from (f"to-byline={steps}", f"to-byline={steps}&{kind}")


def to_dateline(kind: str, steps: int) -> Iterator[str]:
    """How far it stands from the dateline."""
    yield from (f"to-dateline={steps}", f"to-dateline={steps}&{kind}")


def to_text(kind: str, steps: int) -> Iterator[str]:
    """How far it stands from the first running text."""
    yield f"to-text={steps}&{kind}"


def ends(kind: str, top: int, bottom: int) -> Iterator[str]:
    """How far it stands from both ends of the page."""
    yield from (f"from-top={top}", f"from-end={bottom}")


def length(kind: str, characters: int, relative: int) -> Iterator[str]:
    """How long it is, and how long beside the running text."""
    yield from (f"length={characters}", f"relative={relative}&{kind}")


def repeats(kind: str, side: str) -> Iterator[str]:
    """On which side the same words stand."""
    if side:
        yield from (f"repeats-{side}", f"repeats-{side}&{kind}")


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
    "mark": mark,
    "foreign": foreign,
    "echo": echo,
    "said": said,
    "kin": kin,
    "kin-beside": kin_beside,
    "kin-title": kin_title,
    "like": like,
    "to-title": to_title,
    "to-byline": to_byline,
    "to-dateline": to_dateline,
    "to-text": to_text,
    "ends": ends,
    "length": length,
    "where": where,
    "words": words,
    "written": written,
}
