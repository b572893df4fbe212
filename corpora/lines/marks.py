"""Marks of what is written about an article, not in it: prices, handles, brackets, cut-off ends."""

import re

DATE_IN_BRACKETS = re.compile(r"\(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)")
PRICE = re.compile(r"\bRp\.? ?\d|\b\d+ ?(?:ribu|rb|juta|jt|k)\b", re.I)
SHARE = re.compile(r"\d ?(?:%|persen)")
TELEPHONE = re.compile(r"(?:\+62|\b0\d{2,3})[\d -]{5,}")
SHOUTED = re.compile(r"[A-Z][A-Z' -]{2,40}(?::| [-–—]) ")
STATED = re.compile(r"[^:.!?]{2,28}: ?\S")
HANDLE = re.compile(r"(?:^|\s)@\w|#\w")
CREDITED = re.compile(
    r"\([^()]*(?:foto|dok|ist|antara|afp|reuters|ap|epa|getty|/|@|\.com|\.id)[^()]*\)\.?$|"
    r"[A-Z][\w.]+/[A-Z]\w+(?: \w+){0,3}$",
    re.I,
)
PICTURE = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]")
NEW_SENTENCE = re.compile(r"[.!?][\"'”’)]* +[\"'“‘(]?[A-Z0-9]")
SEPARATORS = ("|", "•", "»", " > ", "·", " / ")
# What is looked for first: patterns that begin with one of some characters are found several times
# as fast, and few lines have them.
SEPARATOR_SIGN = re.compile(r"[|•»>·/]")
PRICE_SIGN = re.compile(r"[Rr][Pp]\.? ?\d|\d ?(?:[Rr][Ii]?[Bb]|[Jj][Uu]?[Tt]|[Kk]\b)")


def marks_of(text: str, digits: int, *, is_ascii: bool) -> tuple[str, ...]:
    """Names of the marks of a line that is not empty.

    Args:
        text: the line without outer white space.
        digits: how many it has.
        is_ascii: whether it has no other characters but those of ordinary typography.

    >>> marks_of("Diskon 20% di @toko, mulai Rp 5.000!", 6, is_ascii=True)
    ('price', 'share', 'handle', 'calls', 'sentences-0')
    """
    found = numbers_of(text, digits) if digits else []
    opening, last = text[0], text[-1]
    if opening.isupper() and text[1:2].isupper() and SHOUTED.match(text):
        found.append("shouted")
    if ":" in text[:30] and STATED.match(text):
        found.append("stated")
    if ("@" in text or "#" in text) and HANDLE.search(text):
        found.append("handle")
    if (text.endswith((")", ").")) or "/" in text[-40:]) and CREDITED.search(text):
        found.append("credited")
    if not is_ascii and PICTURE.search(text):
        found.append("picture")
    if opening in "([":
        found.append("in-brackets" if last in ")]" else "opens-bracket")
    if "!" in text:
        found.append("calls")
    if "?" in text[:-1]:
        found.append("asks")
    if text.endswith(("...", "…")):
        found.append("breaks-off")
    if "  " in text:
        found.append(f"gaps-{min(text.count('  '), 3)}")
    if SEPARATOR_SIGN.search(text) and (separators := sum(map(text.count, SEPARATORS))):
        found.append(f"separators-{min(separators, 3)}")
    if quotes := text.count('"') + text.count("“") + text.count("”"):
        found.append(f"quotes-{min(quotes, 3)}")
    found.append(f"sentences-{min(len(NEW_SENTENCE.findall(text)), 4)}")
    return tuple(found)


def numbers_of(text: str, digits: int) -> list[str]:
    """Names of the marks of a line with so many digits."""
    found = []
    if "(" in text and DATE_IN_BRACKETS.search(text):
        found.append("date-in-brackets")
    if PRICE_SIGN.search(text) and PRICE.search(text):
        found.append("price")
    if SHARE.search(text):
        found.append("share")
    if digits > 7 and TELEPHONE.search(text):
        found.append("telephone")
    return found
