"""What stands around a match: the words it touches, and whether they are running text."""

import re

LONGEST_TOKEN = 2000  # characters of a word or an address that are looked at before a sign
ADDRESSED = re.compile(r"[/@_=&<>\\|#]|\.[a-z]|::")  # what stands in no word of running text


def token_before(match: re.Match[str]) -> str:
    """What stands between the last space before a match and the match, or the end of it.

    >>> token_before(re.compile("- ").search("Kim Jong- un"))
    'Jong'
    """
    text, end = match.string, match.start()
    start = max(0, end - LONGEST_TOKEN)
    return text[text.rfind(" ", start, end) + 1 or start : end]


def word_before(match: re.Match[str]) -> str:
    """The same without the marks and brackets that open it."""
    return token_before(match).lstrip("“\"'(")


def token_behind(match: re.Match[str]) -> str:
    """What stands between the end of a match and the next space, or the end of the text."""
    text, start = match.string, match.end()
    end = text.find(" ", start, start + LONGEST_TOKEN)
    return text[start : end if end >= 0 else start + LONGEST_TOKEN]
