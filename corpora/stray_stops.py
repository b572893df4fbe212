"""Full stops that stand inside of a sentence, and those that touch the sentence behind them."""

import re

from corpora.abbreviations import ABBREVIATIONS
from corpora.attribution import outlet_names
from corpora.broken_words import is_known
from corpora.quotation import MarkCounts
from corpora.spans import SpannedText
from corpora.surroundings import ENDINGS, parts_name, token_before
from corpora.word_counts import word_list

# A stop before a word in small letters, which is no part of an address: "gedung itu. lalu pergi"
SCAR = re.compile(r"\. (?=([a-z]{3,}(?:-[a-z]+)*)(?:[ ,;:!?)”\"]|\.(?:\s|$)|$))")
UNFINISHED, NEVER_FIRST, ADVERBIAL = map(word_list, ("unfinished", "never_first", "adverbial"))
ACTIVE = re.compile(r"me[lmnrwy][a-z]{3,}")  # "meningkatkan"
NEEDS_OBJECT = re.compile(r"me[a-z]{3,}(?:kan|i)")
PREDICATE = re.compile(
    r"\b(?!tersebut\b|berita\b|ter(?:hadap|baru|kait)\b)"
    r"(?:(?:me[lmnrwy]|di[a-z]|ber|ter)[a-z]{3,}|adalah|akan|bisa|bukan|dapat|harus|ialah|kata|masih|"
    r"naik|sudah|tak|telah|tewas|tiba|tidak|turun)\b"
)
NEXT_VERB = re.compile(rf"[a-z]+ {ACTIVE.pattern}\b")
LONGEST_OUTLET = 60  # characters in which the name of one stands
LONGEST_SENTENCE = 300  # characters before a stop that are looked at
LONGEST_SUBJECT = 8  # words that a sentence without a verb has, if its verb was cut from it
TIGHT_STOP = re.compile(
    r"[.!?](?:(?<=[a-z]{2}.)|(?<=[a-z]\).)|(?<=[A-Z]\).)|(?<= 20\d\d.))(?=[“\"]?([A-Z][a-z]+)[ ,])"
)
EARLY_STOP = re.compile(r" [.?!](?<=[a-z]{2} .)(?=[“\"]?([A-Z][a-z]+)[ ,])")


def heal_scars(text: SpannedText) -> SpannedText:
    """Drop a full stop that parts a sentence, where a link was cut out of it.

    Only where no sentence can well end or begin: small letters alone tell nothing, for some writers
    and some names begin with them.

    >>> heal_scars(SpannedText.of("Demi tujuan tersebut. meningkatkan produksi.")).text
    'Demi tujuan tersebut meningkatkan produksi.'
    >>> heal_scars(SpannedText.of("Menurut telp. rumah, drg. rahma pergi. detikcom bertanya.")).text
    'Menurut telp. rumah, drg. rahma pergi. detikcom bertanya.'
    """
    if text.text[:1].islower():
        return text

    marks = MarkCounts(text.text)

    def healed(match: re.Match[str]) -> str:
        return match[0] if not is_scar(match) or marks.inside(match.start()) else " "

    return text.sub(SCAR, healed)


def is_scar(match: re.Match[str]) -> bool:
    """Tell whether a stop before a word in small letters stands inside of a sentence.

    >>> lines = ["Kabar dari. kantor itu", "Senjata. telah dikirim", "Ia menguasai. sebagian kota",
    ...          "Ia masuk. lalu menemui kami", "Ia pulang. detikcom bertanya", "Murah. vivo laku"]
    >>> [is_scar(match) for line in lines for match in SCAR.finditer(line)]
    [True, True, True, True, False, False]
    """
    before, behind = token_before(match), match[1]
    if not before.isalpha() or before in ABBREVIATIONS or behind in ENDINGS or opens_outlet(match):
        return False
    if before in UNFINISHED:
        return True
    if len(before) < 4 and before not in ("ini", "itu"):  # short for something, like as not
        return False
    if behind in NEVER_FIRST or (NEEDS_OBJECT.fullmatch(before) and is_known(behind)):
        return True
    if behind in ("lalu", "kemudian"):
        return NEXT_VERB.match(match.string, match.end()) is not None
    if not ACTIVE.fullmatch(behind) or not is_known(behind):
        return False
    return before == "tersebut" or lacks_verb(match)  # "mencapai tujuan tersebut. menekan inflasi"


def lacks_verb(match: re.Match[str]) -> bool:
    """Tell whether what stands before a stop, up to the one before it, needs the verb behind it.

    >>> lines = ["Demi hal itu. meminta", "Presiden Rusia. meminta", "Ia menolak. meminta"]
    >>> [lacks_verb(match) for line in lines for match in SCAR.finditer(line)]
    [True, True, False]
    """
    text = match.string[max(match.start() - LONGEST_SENTENCE, 0) : match.start()]
    sentence = text[max(text.rfind(sign) for sign in (". ", "! ", "? ")) + 1 :]
    words = sentence.split()
    if "," in sentence or len(words) < 2:
        return False
    is_subject = len(words) <= LONGEST_SUBJECT and not PREDICATE.search(sentence)
    return is_subject or words[0].lower() in ADVERBIAL


def opens_outlet(match: re.Match[str]) -> bool:
    """Tell whether the name of an outlet in small letters stands behind a stop.

    >>> lines = ["Ia pergi. detikcom bertanya", "Ia pergi. koran tempo, Rabu", "Ia pergi. kami pun"]
    >>> [opens_outlet(match) for line in lines for match in SCAR.finditer(line)]
    [True, True, False]
    """
    words = match.string[match.end() : match.end() + LONGEST_OUTLET].split()
    beginnings = (" ".join(words[: count + 1]).rstrip(".,:;") for count in range(len(words)))
    return not outlet_names().isdisjoint(beginnings)


def space_sentences(text: SpannedText) -> SpannedText:
    """Put a space between a full stop and the sentence behind it, but none into a name or address.

    One that slipped before the stop goes behind it.

    >>> space_sentences(SpannedText.of("Rapat selesai.Peserta pulang ke Kompas.Com lagi.")).text
    'Rapat selesai. Peserta pulang ke Kompas.Com lagi.'
    >>> space_sentences(SpannedText.of("Unduh laporan.Pdf di https://a.id/Unduh.Aspx saja.")).text
    'Unduh laporan.Pdf di https://a.id/Unduh.Aspx saja.'
    """

    def spaced(match: re.Match[str]) -> str:
        if parts_name(token_before(match), match[1]):
            return match[0]
        return match[0].strip() + " "

    return text.sub(TIGHT_STOP, spaced).sub(EARLY_STOP, spaced)
