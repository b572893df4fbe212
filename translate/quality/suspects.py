"""What looks wrong with the translation of a sentence: for each sign a score and a verdict.

The signs compare Indonesian with English and need no model. Numbers, dates, units, names,
quotations and negation come from `corpora.fidelity`; the rest is here. Verdicts are meant to be
right more often than complete: how often each is wrong on good human translations stands in
docs/quality.md.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import eq

from corpora.fidelity.findings import findings
from corpora.language import ENGLISH, INDONESIAN, identifier, words

# Scores from which a sign is a verdict, all in one place. Those without a comment say yes or no.
THRESHOLDS: dict[str, float] = {
    "empty": 1.0,
    "cut-off": 1.0,
    "loop": 2.0,  # repetitions too many; those of three words and more count twice
    "copied": 0.5,  # share of the small-letter words of the source that stand in the output
    "wrong-language": 0.9,  # probability, see `corpora.language.SURE`
    "length-ratio": 5.0,  # standard deviations
    "quotes-unbalanced": 1.0,
}
FLAG_OF_KIND = {  # the kinds of `corpora.fidelity.findings`
    "number": "numbers-differ",
    "date": "dates-differ",
    "unit": "units-differ",
    "name": "names-lost",
    "quotation": "quotation-lost",
    "negation": "negation-differs",
}
LONGEST_PERIOD = 12  # words that one turn of a loop may have
PHRASE = 3  # words from which saying it twice in a row is no figure of speech
OFTEN = 3  # times said again from which more than the source has is a loop
STUTTER = re.compile(r"([^\W\d_]{1,8}?)\1{3,}", re.IGNORECASE)  # inside a word: "hahahaha"
FEWEST_COPIED = 4  # words that must be there to be copied
FEWEST_WORDS = 5  # words below which no language is told
FEWEST_ENGLISH = 0.15  # share of function words above which nothing else is asked
# ln(English / Indonesian characters) of 6,900 pairs (own news, FLORES-200 dev; November 2026) has a
# mean of about -0.09 + 5.5 / length and a standard deviation of 1.35 / sqrt(length).
MEAN_RATIO, MEAN_OF_SHORT, DEVIATION = -0.09, 5.5, 1.35
STOPS = ".!?…"
CLOSERS = "\"'”’»)]*"
# Words on which no English sentence ends.
UNFINISHED = frozenset(
    ["the", "a", "an", "of", "and", "or", "to", "from", "at", "his", "its", "their", "because"]
)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A flag of `corpora.flags` with its score.

    Attributes:
        flag: its name.
        score: see `THRESHOLDS`.
        about: what of the source it is about; empty if that cannot be named.
        instead: what the English has in place of it.
    """

    flag: str
    score: float
    about: str = ""
    instead: str = ""


def suspicions(source: str, english: str, *, cut: bool = False) -> tuple[Suspicion, ...]:
    """All that looks wrong with the English of an Indonesian sentence; empty output ends the list.

    Args:
        source: Indonesian.
        english: what a model made of it.
        cut: the decoder was stopped by its limit.

    >>> [each.flag for each in suspicions("Harga naik.", "Prices rose rose rose rose.")]
    ['loop']
    >>> suspicions("***", "***")
    ()
    """
    if is_empty(source, english):
        return (Suspicion("empty", 1.0),)
    signs = [Suspicion(flag, score(source, english)) for flag, score in SCORES.items()]
    found = [each for each in signs if each.score >= THRESHOLDS[each.flag]]
    if cut and not any(each.flag == "cut-off" for each in found):
        found.insert(0, Suspicion("cut-off", 1.0))
    return (*found, *unfaithful(source, english))


def unfaithful(source: str, english: str) -> Iterator[Suspicion]:
    """What was lost, changed or invented, one suspicion for each."""
    for each in findings(source, english):
        yield Suspicion(FLAG_OF_KIND[each.kind], 1.0, each.text, each.got)


def flags(found: Iterable[Suspicion]) -> tuple[str, ...]:
    """The names of suspicions, each once, in their order."""
    return tuple(dict.fromkeys(each.flag for each in found))


def is_empty(source: str, english: str) -> bool:
    """Tell whether a source with letters has an output without a letter or digit."""
    return any(map(str.isalpha, source)) and not any(map(str.isalnum, english))


def loop_score(source: str, english: str) -> float:
    """How many times more often something is said in a row than in the source.

    >>> loop_score("Dia minta maaf.", "I am sorry I am sorry I am sorry")
    4.0
    >>> loop_score("Ha ha ha ha ha ha.", "Ha ha ha ha ha ha.")
    0.0
    >>> loop_score("Harinya panjang sekali.", "He had had a long, long day.")
    1.0
    """
    spoken, stuttered = repeated(english), stutters(english)
    if spoken <= 0 and stuttered <= 0:
        return 0.0
    extra = spoken - repeated(source)
    if extra > 0 and spoken >= OFTEN:
        extra = max(extra, THRESHOLDS["loop"])  # once more than a source that repeats itself
    return max(0.0, extra, stuttered - stutters(source))


def repeated(text: str) -> float:
    """Times that the most repeated run of words is said again; of three words and more, doubled."""
    tokens = [token.strip(",.;:!?\"'“”‘’()[]") or token for token in text.lower().split()]
    if len(set(tokens)) == len(tokens):
        return 0.0
    most = 0.0
    for period in range(1, min(LONGEST_PERIOD, len(tokens) // 2) + 1):
        if sum(map(eq, tokens, tokens[period:])) < period:
            continue  # too few words come again after so many for one turn
        same = longest = 0
        for here, there in zip(tokens, tokens[period:], strict=False):
            same = same + 1 if here == there and not here.isdigit() else 0
            longest = max(longest, same)
        most = max(most, (longest // period) * (2 if period >= PHRASE else 1))
    return most


def stutters(text: str) -> float:
    """Times that a part of a word is said again in it, beyond three: "hahahahaha" has two.

    >>> stutters("Hahahahaha!"), stutters("Mississippi 1000000")
    (2.0, 0.0)
    """
    if not any(may_stutter(word) for word in text.casefold().split()):
        return 0.0
    runs = (len(found[0]) // len(found[1]) for found in STUTTER.finditer(text))
    return float(max(runs, default=3) - 3)


def may_stutter(word: str) -> bool:
    """Tell whether a letter stands four times in a word, which a search for stutters asks of it."""
    letters = set(word)
    return len(word) - len(letters) >= 3 and max(map(word.count, letters)) > 3


def unfinished_score(source: str, english: str) -> float:
    """1 when the source ends as a sentence does and the English on a comma or a word like "the".

    >>> unfinished_score("Ia pergi ke rumah sakit.", "He went to the")
    1.0
    """
    ended = source.rstrip(CLOSERS + " ").endswith(tuple(STOPS))
    text = english.rstrip(CLOSERS + " ")
    if not ended or text.endswith(tuple(STOPS)):
        return 0.0
    last = text.rsplit(maxsplit=1)[-1:]
    return float(text.endswith((",", ";", "-")) or bool(last and last[0].lower() in UNFINISHED))


def copied_score(source: str, english: str) -> float:
    """Share of the words of the source in small letters, of four and more, that the English has.

    >>> copied_score("Petani menanam jagung di lereng gunung.", "Petani menanam jagung di lereng.")
    0.75
    """
    theirs = [word for word in source.split() if word[:1].islower()]
    wanted = [word for word in words(" ".join(theirs)) if len(word) >= 4]
    if len(wanted) < FEWEST_COPIED:
        return 0.0
    there = set(words(english))
    return sum(word in there for word in wanted) / len(wanted)


def foreign_score(_source: str, english: str) -> float:
    """Probability that the output is not English; 0 where function words settle it.

    >>> foreign_score("", "The president arrived in the capital on Tuesday.")
    0.0
    >>> foreign_score("", "Presiden tiba di ibu kota pada hari Selasa.") > 0.9
    True
    """
    found = words(english)
    if len(found) < FEWEST_WORDS:
        return 0.0
    own = sum(word in ENGLISH for word in found)
    indonesian = sum(word in INDONESIAN for word in found)
    if own > FEWEST_ENGLISH * len(found) and own >= indonesian:
        return 0.0
    if indonesian > FEWEST_ENGLISH * len(found):
        return 1.0
    language, probability = identifier().classify(english.lower())  # names in capitals mislead it
    return float(probability) if language != "en" and not own else 0.0


def length_score(source: str, english: str) -> float:
    """How many standard deviations the ratio of the lengths is off what is usual at this length."""
    length = len(source.strip())
    if not length or not english.strip():
        return 0.0
    usual = MEAN_RATIO + MEAN_OF_SHORT / length
    ratio = math.log(len(english.strip()) / length)
    return abs(ratio - usual) * math.sqrt(length) / DEVIATION


def quotes_score(source: str, english: str) -> float:
    """1 when quotation marks of the English are unpaired and those of the source are paired.

    >>> quotes_score("“Kami siap,” katanya.", "“We are ready, he said.")
    1.0
    """
    return float(is_unbalanced(english) and not is_unbalanced(source))


def is_unbalanced(text: str) -> bool:
    """Tell whether double quotation marks of a text are unpaired."""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


SCORES: dict[str, Callable[[str, str], float]] = {
    "loop": loop_score,
    "cut-off": unfinished_score,
    "copied": copied_score,
    "wrong-language": foreign_score,
    "length-ratio": length_score,
    "quotes-unbalanced": quotes_score,
}
