"""Sentences that end without a stop: headlines run together with the text, stops that were lost.

Only two signs count, both of which Indonesian spelling makes sure; a headline before a name stays
with the sentence behind it.
"""

import re
from collections.abc import Iterator
from importlib.resources import files

from corpora.quotation import SPEECH_ROOTS, Enclosures, is_speech_verb, quotations


def load() -> tuple[frozenset[str], frozenset[str]]:
    """Words with a capital at the beginning of a sentence only; those that need no stop before."""
    text = files("corpora").joinpath("data").joinpath("starters.txt").read_text("utf-8")
    entries = [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]
    return (
        frozenset(entry.rstrip("+") for entry in entries),
        frozenset(entry[:-1] for entry in entries if entry.endswith("+")),
    )


STARTERS, CLEAR_STARTERS = load()
# "... triliun Di sektor riil", "... tahun 1999 Dikatakannya, upaya"
# Patterns begin with the space: `re` finds one character several times as fast as one of a set.
CAPITALISED = re.compile(r" ([A-Z][a-z]+),? [a-z]")
# The same where a sentence without a stop may end: not behind a comma either
UNSTOPPED = re.compile(r" (?<=[^.,:;!?…] )([A-Z][a-z]+)(?=,? [a-z])")
LEADS_INTO = re.compile(r" [\"“](?<=[\w)%\"”] .)[A-Z]")  # an opening mark without a comma before it
LONGEST_SENTENCE = 1000  # characters before a border that are looked at
# Words that leave a sentence open, so that none ends with them.
OPEN_WORDS = frozenset(
    [
        *("adalah", "atau", "bahwa", "bernama", "berjudul", "dalam", "dan", "dari", "dengan"),
        *("di", "ialah", "disebut", "ke", "kepada", "oleh", "pada", "sebagai", "seperti"),
        *("serta", "tentang", "untuk", "yaitu", "yakni", "yang", "album", "buku", "film"),
        *("judul", "lagu", "novel", "program", "rubrik"),
    ]
)
# Verbs behind which speech follows, with or without its comma: "mengatakan", "menuturkan"
SAYING = re.compile(
    r"(?:ber|me)[a-z]*(?:ata|ujar|utur|ucap|jelas|egas|ambah|ungkap|anya|eru|ulis)(?:kan)?"
    rf"|(?:{'|'.join(SPEECH_ROOTS)})nya"
)


def may_lack_stops(text: str) -> bool:
    """Tell, from signs that are cheap to see, whether it is worth while to look for missing stops.

    >>> may_lack_stops("Harga naik Pada akhir pekan."), may_lack_stops("Harga naik. Kami senang.")
    (True, False)
    """
    has_marks = '"' in text or "“" in text
    if CLEAR_STARTERS.isdisjoint(CAPITALISED.findall(text)):
        return has_marks and LEADS_INTO.search(text) is not None
    return has_marks or not CLEAR_STARTERS.isdisjoint(UNSTOPPED.findall(text))


def missing_stops(text: str, start: int, end: int) -> Iterator[int]:
    """Where, in a sentence that stops tell, another one begins.

    A function word has a capital only at the beginning of a sentence; so has direct speech its
    opening quotation mark, unless a comma or a colon leads into it.

    >>> line = "Naskah asli Harry Potter dipamerkan Pada akhir pidatonya, ia tersenyum."
    >>> [line[place:][:10] for place in missing_stops(line, 0, len(line))]
    ['Pada akhir']
    >>> line = 'Tekanan lingkungan "Lagi pula nilainya kecil," kata Budi.'
    >>> [line[place:][:5] for place in missing_stops(line, 0, len(line))]
    ['"Lagi']
    >>> line = 'Novel Di Bawah Lindungan Kabah terbit. Ia berkata, "Nilainya kecil," lalu pergi.'
    >>> list(missing_stops(line, 0, len(line)))
    []
    """
    places = [
        match.start(1)
        for match in UNSTOPPED.finditer(text, start, end)
        if match[1] in CLEAR_STARTERS
    ]
    if quoted := list(quotations(text, start, end)):
        whole = Enclosures(quoted)
        places = [place for place in places if not whole.hold(place)]
        places += [a for a, b in quoted if is_direct_speech(text, a, b)]
    for place in sorted(places):
        before = text[max(start, place - LONGEST_SENTENCE) : place].rstrip()
        is_border = may_precede_speech if text[place] in '"“' else may_end
        if is_border(before):
            yield place
            start = place


def is_direct_speech(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation begins with a capital and a verb of speech follows it."""
    if text[end - 2] not in ",?!" or not text[start + 1].isupper():
        return False
    return is_speech_verb(text[end : end + 80])


def may_end(before: str) -> bool:
    """Tell whether a text could be a whole sentence: not if it ends in a name, or open."""
    word = last_word(before)
    is_word = word.islower() or word[-1:].isdigit()
    return is_word and word[-1].isalnum() and word not in OPEN_WORDS and " " in before


def may_precede_speech(before: str) -> bool:
    """Tell whether a text has nothing to do with the direct speech behind it.

    That speech has its speaker behind it, so a name before it does no harm; a verb of saying does,
    unless the speech that it belongs to came before: `“...,” katanya menjelaskan “...,” katanya`.
    """
    word = last_word(before)
    if not word[-1:].isalnum() or word in OPEN_WORDS:
        return False
    return not SAYING.fullmatch(word) or ',"' in before or ",”" in before


def last_word(text: str) -> str:
    """The last word of a text, without the marks behind it."""
    return text[text.rfind(" ") + 1 :].rstrip("\"”)'%")
