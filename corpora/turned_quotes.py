"""Quotation marks that look the wrong way or stand away from the words they enclose."""

import re
from itertools import cycle

from corpora.quotation import SPEECH_ROOTS, MarkCounts
from corpora.spans import SpannedText

RIGHT_MARK = re.compile(r"(\s*)”(\s*)")
# The look behind stands behind the mark, for then the search goes from mark to mark.
MISPLACED_OPENING = re.compile(r"”(?:(?<!\S”) +(?=\w)|(?<=[a-z]”) ?(?=\w))")
LEADS_INTO_SPEECH = re.compile(r"”(?<=[a-z][,:]”) +(?=[A-Z])")
MARK = re.compile(r"[“”]")
SWAPPED = re.compile(r"”(?:(?<!\S”)|(?<=[(\[]”))(?= ?\w)([^“”]+)“(?=[\s.,;:!?)\]]|$)")
GLUED_OPENING = re.compile(r"“(?<=[a-z]{2}“)(?=\w)")
GLUED_CLOSING = re.compile(r"”(?=[^\W\d_]{2})(?!(?:nya|an|kan|i|lah|kah|pun|ku|mu)\b)(?<!\d”)")
LOOSE_SINGLE = re.compile(r"‘ (?<!\S‘ )(?=\w[^‘’]*’)| ’(?<=[\w.,!?] ’)(?=[\s.,;:!?)]|$)")
MISPLACED_CLOSING = re.compile(
    r"“(?:(?<=[a-z][,.!?]“)(?=\s|$)|(?<=[a-z]{2}“)(?=[.,]|$)|(?<=[a-z][,.!?] “)(?= [a-z]))"
)
TWICE = re.compile(r'""')
TYPED = re.compile(r"(?<!\d)(?:''|``)")
ANY_MARK = re.compile(r'[“”"]')
STRAIGHT, RIGHT = re.compile(r'"'), re.compile(r"”")
HEADED = re.compile(r'[\w,.!?…]"(?=[\s.,;:)]|$)')
NO_APOSTROPHE = r"(?!(?:kan|tuk|gitu|gini|lah|kali|dah|nggak)\b)"
LOOSE_APOSTROPHE = re.compile(
    r" ' (?:(?<=\b[A-Z][a-z] ' )|(?<=\b[A-Z][a-z]{2} ' ))(?=[a-z])"
    rf"| '(?:(?<=\b[A-Z][a-z] ')|(?<=\b[A-Z][a-z]{{2}} ')){NO_APOSTROPHE}(?=[a-z]{{2}})"
    r"|' (?:(?<=\bJum' )|(?<=\bMa' )|(?<=\bQur' )|(?<=\bSya' ))(?=[a-z]{2})"
)
QUESTIONED = re.compile(r"(?:(?<=\bJum)|(?<=\bMa)|(?<=\bQur)|(?<=\bSya)|(?<=\bRif))\?(?=[a-z]{2})")
GLUED_STRAIGHT = re.compile(r'"(?<=[a-z]{2}")\w')
LED_STRAIGHT = re.compile(r'"(?<=[a-z][,:]") +(?=[A-Z][^"]*[.!?,…] ?"$)')
TIGHT_SPEECH = re.compile(r"[,:](?<=[a-z].)(?=([“\"])\w)")
LOOSE_CURLY = re.compile(r" (?:(?<=“ ) *(?=\w)|(?<=[\w.,!?] ) *(?=”(?:[\s.,]|$)))")
STRAIGHT_MARK = re.compile(r'(\s*)"(\s*)')
SPEAKER_BEHIND_MARK = re.compile(rf'"(?<=[a-z][,.!?]")(?=(?:{"|".join(SPEECH_ROOTS)})(?:nya)?\b)')
MARK_BEFORE_SPEAKER = re.compile(rf' "(?<=[,.!?] .)(?=(?:{"|".join(SPEECH_ROOTS)})(?:nya)?\b)')


def plain_marks(text: SpannedText) -> SpannedText:
    """Make one mark of two that a table or a typewriter set.

    >>> plain_marks(SpannedText.of('""Kami banding,"" kata dia. ``Ya,`` kata Budi.')).text
    '"Kami banding," kata dia. "Ya," kata Budi.'
    """
    found = text.text
    if found.count('""') % 2 == 0 and '"""' not in found:
        text = text.sub(TWICE, '"')
    if len(TYPED.findall(found)) % 2 == 0:
        text = text.sub(TYPED, '"')
    return text


def join_apostrophes(text: SpannedText) -> SpannedText:
    """Close the spaces around an apostrophe, and put one in where a question mark took its place.

    >>> join_apostrophes(SpannedText.of("Wakil presiden Ma ' ruf Amin salat Jum?at.")).text
    "Wakil presiden Ma'ruf Amin salat Jum'at."
    >>> join_apostrophes(SpannedText.of("Yang 'kan datang. Ia sebut 'itu ' benar. Ya?ya.")).text
    "Yang 'kan datang. Ia sebut 'itu ' benar. Ya?ya."
    """
    if text.text.count("'") == 1:
        text = text.sub(LOOSE_APOSTROPHE, "'")
    return text.sub(QUESTIONED, "'")


def pair_marks(text: SpannedText) -> SpannedText:
    """Make a pair of a curly mark and a straight one.

    >>> pair_marks(SpannedText.of('“Cuaca memang buruk," kata nakhoda.')).text
    '“Cuaca memang buruk,” kata nakhoda.'
    >>> pair_marks(SpannedText.of('"Jangan panik,” kata dia.')).text
    '"Jangan panik," kata dia.'
    """
    marks = "".join(ANY_MARK.findall(text.text))
    if marks == '“"' and (HEADED.search(text.text) or text.text.endswith('"')):
        return text.sub(STRAIGHT, "”")
    if marks == '"”':
        return text.sub(RIGHT, '"')
    return text


def part_straight_quotes(text: SpannedText) -> SpannedText:
    """Put spaces around quotations in straight marks that touch the words around them.

    >>> part_straight_quotes(SpannedText.of('Lagu"Bengawan Solo"dinyanyikan. Ia "siap".')).text
    'Lagu "Bengawan Solo" dinyanyikan. Ia "siap".'
    """
    if text.text.count('"') % 2 or not GLUED_STRAIGHT.search(text.text):
        return text
    opening = cycle((True, False))

    def parted(match: re.Match[str]) -> str:
        before = match.string[max(match.start() - 2, 0) : match.start()]
        behind = match.string[match.end() : match.end() + 3]
        if next(opening):
            return ' "' if before.isalpha() and before.islower() and behind[:1].isalnum() else '"'
        is_word = behind.isalpha() and behind.islower() and behind not in ("nya", "kan", "lah")
        return '" ' if is_word and not before.endswith(" ") else '"'

    return text.sub(STRAIGHT, parted)


def lead_into_speech(text: SpannedText) -> SpannedText:
    """Move the space that slipped before the mark that opens speech.

    >>> lead_into_speech(SpannedText.of('Menurut Darto," Jalan itu licin. "')).text
    'Menurut Darto, "Jalan itu licin. "'
    >>> lead_into_speech(SpannedText.of('kami siap," Budi berkata, "Ya."')).text
    'kami siap," Budi berkata, "Ya."'
    """
    return text.sub(LED_STRAIGHT, ' "') if text.text.count('"') == 2 else text


def close_quotes(text: SpannedText) -> SpannedText:
    """Turn an opening mark that stands where only a closing one can, if one is missing.

    >>> close_quotes(SpannedText.of("“Kami siap,“ kata dia.")).text
    '“Kami siap,” kata dia.'
    """
    if text.text.count("“") <= text.text.count("”") or "„" in text.text:  # „so“ in German
        return text
    return text.sub(MISPLACED_CLOSING, "”")


def swap_quotes(text: SpannedText) -> SpannedText:
    """Turn all marks of a text in which every quotation opens with the mark that closes.

    >>> swap_quotes(SpannedText.of("”Kami siap,“ kata dia. ” Ya “")).text
    '“Kami siap,” kata dia. ” Ya “'
    >>> swap_quotes(SpannedText.of("kami siap,” kata dia. “Kami pergi.")).text
    'kami siap,” kata dia. “Kami pergi.'
    """
    if not is_paired(text.text, "”“"):
        return text
    turned: dict[int, str] = {}
    for match in SWAPPED.finditer(text.text):
        said = match[1]
        if said == said.rstrip() or not said[:1].isspace():  # spaces on both sides tell nothing
            turned |= {match.start(): "“", match.end() - 1: "”"}
    return text.sub(MARK, lambda match: turned.get(match.start(), match[0]))


def is_paired(text: str, pair: str) -> bool:
    """Tell whether the curly marks of a text, of which it has some, are such pairs in turn.

    >>> [is_paired(text, "“”") for text in ("“Ya,” kata “Budi”.", "Ya,” kata “Budi.", "Ya.")]
    [True, False, False]
    """
    marks = "".join(MARK.findall(text))
    return marks != "" and marks.replace(pair, "") == ""


def part_quotes(text: SpannedText) -> SpannedText:
    """Put a space between a quotation and the words around it; pull single marks to theirs.

    >>> part_quotes(SpannedText.of("Film“Langit”diputar. “Ya,”kata dia. “Pak RT”nya.")).text
    'Film “Langit” diputar. “Ya,” kata dia. “Pak RT”nya.'
    >>> part_quotes(SpannedText.of("Mereka sebut ‘ perang suci ’ itu.")).text
    'Mereka sebut ‘perang suci’ itu.'
    """
    if "‘ " in text.text or " ’" in text.text:
        text = text.sub(LOOSE_SINGLE, lambda match: match[0].strip())
    if not is_paired(text.text, "“”"):
        return text
    return text.sub(GLUED_OPENING, " “").sub(GLUED_CLOSING, "” ")


def space_speech(text: SpannedText) -> SpannedText:
    """Put a space between the comma or colon that leads into speech and its opening mark.

    >>> space_speech(SpannedText.of('Ia berkata,"Kami siap," lalu pergi:“Ya.”')).text
    'Ia berkata, "Kami siap," lalu pergi: “Ya.”'
    >>> space_speech(SpannedText.of('"Kami siap,"kata dia.')).text
    '"Kami siap," kata dia.'
    """
    text = text.sub(SPEAKER_BEHIND_MARK, '" ')
    marks = MarkCounts(text.text)

    def spaced(match: re.Match[str]) -> str:
        marks.count_to(match.end())
        opens = match[1] == "“" or marks.straight % 2 == 0
        return match[0] + " " if opens else match[0]

    return text.sub(TIGHT_SPEECH, spaced)


def turn_quotes(text: SpannedText) -> SpannedText:
    """Turn and space the quotation marks of a text whose marks all look to the left.

    Machines that rewrite articles close every quotation twice. Marks are turned only when one of
    them stands where no closing mark can; a text with an opening mark is only rid of stray spaces.

    >>> turn_quotes(SpannedText.of("” Kami siap,” tutur Shin.")).text
    '“Kami siap,” tutur Shin.'
    >>> turn_quotes(SpannedText.of("sudah menolong Rusia” bangun balik”.")).text
    'sudah menolong Rusia “bangun balik”.'
    >>> turn_quotes(SpannedText.of("Ia menyebutnya “ hebat ” sekali. Layar 14” dan 16” ada.")).text
    'Ia menyebutnya “hebat” sekali. Layar 14” dan 16” ada.'
    """
    if "”" not in text.text:
        return text
    if "“" in text.text:
        is_loose = "“ " in text.text or " ”" in text.text
        return text.sub(LOOSE_CURLY, "") if is_loose else text
    leads = text.text.count("”") % 2 == 0 and LEADS_INTO_SPEECH.search(text.text)
    if not leads and not MISPLACED_OPENING.search(text.text):
        return text
    opening = cycle((True, False))

    def turned(match: re.Match[str]) -> str:
        before, after = match.start() > 0, match.end() < len(match.string)
        if next(opening):
            return (" " if before else "") + "“"
        return "”" + (" " if after and match.string[match.end()].isalnum() else match[2])

    return text.sub(RIGHT_MARK, turned)


def pull_straight_quotes(text: SpannedText) -> SpannedText:
    """Pull straight quotation marks to the words they enclose.

    Such marks do not tell which way they look; their order does. A text in which a mark that has
    its spaces right contradicts that order is left alone.

    >>> pull_straight_quotes(SpannedText.of('"Kita damai, " kata Shoigu, " dan kuat."')).text
    '"Kita damai," kata Shoigu, "dan kuat."'
    >>> pull_straight_quotes(SpannedText.of('Pada kedalaman 17 meter, "katanya.')).text
    'Pada kedalaman 17 meter," katanya.'
    """
    if '"' not in text.text:
        return text
    text = text.sub(MARK_BEFORE_SPEAKER, '" ')
    marks = list(STRAIGHT_MARK.finditer(text.text))
    for number, mark in enumerate(marks):
        is_last = mark.end() == len(text.text)
        looks_right = bool(mark[1] or not mark.start()) and not mark[2] and not is_last
        looks_left = mark.start() > 0 and not mark[1] and bool(mark[2] or is_last)
        if (looks_right and number % 2) or (looks_left and not number % 2):
            return text
    if len(marks) % 2:
        return text
    opening = cycle((True, False))

    def pulled(match: re.Match[str]) -> str:
        opens = next(opening)
        if not (match[1] or not match.start()) or not (
            match[2] or match.end() == len(match.string)
        ):
            return match[0]
        return match[1] + '"' if opens else '"' + match[2]

    return text.sub(STRAIGHT_MARK, pulled)
