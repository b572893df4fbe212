"""Numbers that a rewriting machine broke at their separator: thousands, decimals, times, dates."""

import re

from corpora.spans import SpannedText

SCALE = (
    "ribu|juta|miliar|milyar|triliun|persen|kali|poin|derajat|sen|meter|kilometer|km|kg|ton|hektare"
)
SPACED_NUMBER = re.compile(r"[.,/](?: \d|(?<= [.,])\d)")
THOUSANDS = re.compile(
    r"(?<![\d.,])(?<![Nn]omor )(?<!ukul )(\d{1,3})((?:\. \d{3})+|(?: \.\d{3})+)"
    r"(?:(?![\d.,]*\d)|(?=,\d{1,2}(?![\d.,]*\d)))"
)
DECIMAL = re.compile(r"(?:, (?<=\d, )| ,(?<=\d ,))(?=\d{1,2}(?![\d,]))")
LONE_NUMBER = re.compile(r"(?<![\d,])(?<!\d )(?<!\d, )\d{1,3}$")
MEASURED = re.compile(rf"\d+(?: (?:{SCALE})\b| ?%)")
MEASURING = re.compile(r"(?:kekuatan|magnitudo) \d$")
MINUTES = re.compile(r"\. (?<=\d\. )(?=\d{2}(?![.,]?\d))")
CLOCK = re.compile(r"\b(?:[Pp]ukul|[Pp]k\.?|[Jj]am) \d{1,2}$")
DATE = re.compile(r"\b(\d{1,2}) ?/ ?(\d{1,2}) ?/ ?(\d{4})\b")


def join_numbers(text: SpannedText) -> SpannedText:
    """Close the space in thousands, decimals, times of day and dates.

    The same machines take the separator of a number for the end of a sentence or a clause. A
    decimal is joined only before a unit or behind what is never a list: "8, 9 dan 10" is one.

    >>> join_numbers(SpannedText.of("10. 000 ton, 4, 8 juta biji, pukul 10. 30, 12/ 6/ 2024")).text
    '10.000 ton, 4,8 juta biji, pukul 10.30, 12/6/2024'
    >>> join_numbers(SpannedText.of("Kelas 7, 8, dan 9. Tarifnya 10, 20, 30 persen. 2018. 9")).text
    'Kelas 7, 8, dan 9. Tarifnya 10, 20, 30 persen. 2018. 9'
    """
    if not SPACED_NUMBER.search(text.text):
        return text

    def decimal(match: re.Match[str]) -> str:
        text, end = match.string, match.start()
        is_lone = LONE_NUMBER.search(text, max(end - 9, 0), end)
        measures = MEASURED.match(text, match.end()) or MEASURING.search(
            text, max(end - 12, 0), end
        )
        return "," if is_lone and measures else match[0]

    def minutes(match: re.Match[str]) -> str:
        is_clock = CLOCK.search(match.string, max(match.start() - 12, 0), match.start())
        return "." if is_clock else match[0]

    text = text.sub(THOUSANDS, lambda match: match[0].replace(" ", ""))
    return text.sub(DECIMAL, decimal).sub(MINUTES, minutes).sub(DATE, r"\1/\2/\3")
