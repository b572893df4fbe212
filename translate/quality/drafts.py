"""What is decoded in place of a sentence, and how its English is put together again."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpora.language import INDONESIAN, words
from corpora.splitting import middle_cut
from translate.quality.masks import Span, times
from translate.quality.placeholders import is_markup, needs_no_model, protected, untranslated

SHOUTED = 0.8  # share of capitals among the letters of a sentence that is all in capitals
FEWEST_SHOUTED = 4  # words: below, it may be names and abbreviations
AMPERSAND = "&amp;"
ENCLOSED = re.compile(r"(<([a-zA-Z]+)[^<>]*>|\[([a-z]+)[^\]]*\])([^<>\[\]]+)(</\2>|\[/\3\])")
SHOUTED_RUN = re.compile(
    r"(?<!\w)(?:[^\sa-z]*[A-Z]{2}[^\sa-z]*|[^\sa-z]+)(?:\s+[^\sa-z]+){4,}(?!\w)"
)
PLAIN_WORDS = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
BORDER = re.compile(r"^[\s,;:.!?)]+")  # what stands behind a placeholder and before no word
REPEATED = re.compile(r"(?i)\b(\S+(?: \S+){0,7}?)(?:[ ,]+\1){2,}(?!\w)")
STRETCHED = re.compile(r"([^\W\d_]{1,8}?)\1{3,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Output:
    """One hypothesis for a piece: its English, mean log probability, whether it was cut."""

    text: str
    score: float
    cut: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as it is given to the model.

    Attributes:
        parts: what stands as it is (a string), and passages to translate (tuples of pieces, each
            of which the model takes at once).
        masks: what stands in for what: each mask must be in the output exactly once.
        wrapped: words that must be in the output as often as here, with what is put around each.
    """

    parts: tuple[str | tuple[str, ...], ...]
    masks: tuple[tuple[str, str], ...] = ()
    wrapped: tuple[tuple[str, str], ...] = ()

    @property
    def pieces(self) -> tuple[str, ...]:
        """All that the model is to translate."""
        return tuple(piece for part in self.parts if not isinstance(part, str) for piece in part)

    def rendered(self, english: Mapping[str, Output]) -> Output | None:
        """The English of the sentence from that of its pieces; None when a mask was not copied."""
        texts = [
            part
            if isinstance(part, str)
            else " ".join(english[piece].text for piece in part if english[piece].text)
            for part in self.parts
        ]
        text = "".join(texts)
        for mask, original in self.masks:
            if times(mask, text) != 1:
                return None
            text = put_back(text, mask, original)
        for word, originals in in_groups(self.wrapped).items():
            if times(word, text) != len(originals):
                return None
            text = wrapped_again(text, word, originals)
        used = [english[piece] for piece in self.pieces]
        score = sum(each.score for each in used) / len(used) if used else 0.0
        return Output(text.strip(), score, any(each.cut for each in used))


def put_back(text: str, mask: str, original: str) -> str:
    """The text with what a mask stands for; in small letters it gets a capital at the beginning.

    >>> put_back("Obama prices rose.", "Obama", "rice")
    'Rice prices rose.'
    """
    found = re.search(rf"(?<!\w){re.escape(mask)}(?!\w)", text)
    if found is None:
        return text
    if not text[: found.start()].strip("\"“'‘ ") and PLAIN_WORDS.fullmatch(original):
        original = original[0].upper() + original[1:]
    return text[: found.start()] + original + text[found.end() :]


def in_groups(wrapped: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """What is put around the same word, in order, by the word."""
    found: dict[str, list[str]] = {}
    for word, original in wrapped:
        found.setdefault(word, []).append(original)
    return found


def wrapped_again(text: str, word: str, originals: Sequence[str]) -> str:
    """The text with each occurrence of a word as it stood between its tags.

    >>> wrapped_again("Kompas quoted Kompas.", "Kompas", ["<b>Kompas</b>", "<i>Kompas</i>"])
    '<b>Kompas</b> quoted <i>Kompas</i>.'
    """
    left = iter(originals)
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda found: next(left, found[0]), text)


def calmed(text: str) -> str:
    """A sentence in capitals in small letters, as models have learnt to read; others as they are.

    Small models loop on capitals: of 5,000 roughened lines the bundled one looped on 7 % before.

    >>> calmed("HARGA BERAS NAIK LAGI HARI INI.")
    'Harga beras naik lagi hari ini.'
    >>> calmed("KPK dan TNI"), calmed("PT XYZ")
    ('KPK dan TNI', 'PT XYZ')
    >>> calmed("WARGA DESA ITU TIDAK MAU PINDAH. Mereka bertahan.")
    'Warga desa itu tidak mau pindah. Mereka bertahan.'
    """
    few = sum(map(str.isupper, text)) < 2 * FEWEST_SHOUTED
    if few or len(text.split()) < FEWEST_SHOUTED:
        return text
    letters = [sign for sign in text if sign.isalpha()]
    capitals = sum(map(str.isupper, letters))
    if capitals >= SHOUTED * len(letters):
        return small(text)
    return SHOUTED_RUN.sub(lambda run: small(run[0]) if is_sentence(run[0]) else run[0], text)


def small(text: str) -> str:
    """A text in small letters, its first one a capital; of the same length."""
    lower = text.lower()
    first = next((index for index, sign in enumerate(lower) if sign.isalpha()), 0)
    lower = lower[:first] + lower[first : first + 1].upper() + lower[first + 1 :]
    return lower if len(lower) == len(text) else text


def is_sentence(run: str) -> bool:
    """Tell whether words in capitals are running text: names have no function words."""
    return any(word in INDONESIAN for word in words(run))


def squeezed(text: str) -> str:
    """The text with what it says three times and more in a row said twice.

    >>> squeezed("hahaha hahaha hahaha hahaha lucu sekali")
    'hahaha hahaha lucu sekali'
    """
    return REPEATED.sub(r"\1 \1", STRETCHED.sub(r"\1\1\1", text))


def masked(text: str, spans: Iterable[Span]) -> tuple[str, Draft]:
    """A text with masks over spans: the text itself, and a draft without parts that undoes it.

    Args:
        text: Indonesian.
        spans: start, end, mask and what the mask stands for; in order, none overlapping.
    """
    out, done, masks = [], 0, []
    for start, end, mask, original in spans:
        out += [text[done:start], mask]
        masks.append((mask, original))
        done = end
    return "".join([*out, text[done:]]), Draft((), tuple(masks))


def unwrapped(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A text without the tags around words of it, and what must be wrapped again.

    >>> unwrapped("Ia membaca <b>Kompas</b> tiap hari.")
    ('Ia membaca Kompas tiap hari.', (('Kompas', '<b>Kompas</b>'),))
    """
    if "<" not in text and "[" not in text:
        return text, ()
    wrapped = tuple((match[4].strip(), match[0]) for match in ENCLOSED.finditer(text))
    return ENCLOSED.sub(r"\4", text), wrapped


def apart(text: str, pieces_of: Callable[[str], Sequence[str]]) -> Draft:
    """A draft that translates what is between placeholders, which stand as they are.

    >>> apart("Buka www.c.id sekarang.", lambda text: [text]).parts
    (('Buka',), ' ', 'www.c.id', ' ', ('sekarang.',))
    """
    parts: list[str | tuple[str, ...]] = []
    done = 0
    for match in (*protected(text), None):
        start, end = match.span() if match else (len(text), len(text))
        between = text[done:start]
        core = BORDER.sub("", between).rstrip()
        if not core or needs_no_model(core):
            parts.append(untranslated(between))
        else:
            indent = len(between.rstrip()) - len(core)
            parts += [
                between[:indent],
                tuple(pieces_of(core)),
                between[indent + len(core) :],
            ]
        parts.append(text[start:end])
        done = end
    return Draft(tuple(part for part in parts if part))


def halves(text: str) -> tuple[str, ...]:
    """A sentence cut in two at the clause border nearest its middle; whole if it is too short."""
    if len(text.split()) < 2 * FEWEST_SHOUTED:
        return (text,)
    cut_at = middle_cut(text)
    return (text[:cut_at].rstrip(), text[cut_at:].lstrip()) if cut_at else (text,)


def has_loose_markup(text: str) -> bool:
    """Tell whether a text has tags or entities that stand around no words."""
    return any(is_markup(part[0]) and part[0] != AMPERSAND for part in protected(text))
