"""A glossary: terms that a user wants in certain English words, and whether they came."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from corpora.errors import UserError

EXACT = "exact"  # in the third column: upper and lower case count
ENDINGS = r"(?:nya|lah|kah|pun|ku|mu)?"


@dataclass(frozen=True, slots=True)
class Term:
    """An entry: Indonesian, English, and whether case counts (`exact` in the third column)."""

    source: str
    target: str
    exact: bool = False

    def in_source(self) -> str:
        """A pattern of the term as Indonesian inflects it: -nya and its like, doubled, hyphenated.

        >>> bool(re.fullmatch(Term("kereta api", "train").in_source(), "Kereta-apinya"))
        True
        """
        body = spaced(self.source)
        if not self.exact:
            body = f"(?i:{body})"
        doubled = f"(?:-{body})?" if " " not in self.source else ""
        return f"{body}{doubled}{ENDINGS}"

    def in_english(self) -> re.Pattern[str]:
        """A pattern of its English: in any case unless exact, plural and possessive included.

        >>> bool(Term("x", "paddy field").in_english().search("The paddy-fields dried."))
        True
        """
        stem = self.target[:-1] if re.search(r"[^aeiou]y$", self.target) else self.target
        plural = f"(?:{spaced(self.target)}(?:e?s)?|{spaced(stem)}ies)"
        return re.compile(rf"(?<!\w){plural}(?!\w)", 0 if self.exact else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a term stands in a source, and its English as it belongs there."""

    start: int
    end: int
    term: Term
    english: str


@dataclass(frozen=True, slots=True)
class TermsKept:
    """Occurrences of terms in the source whose English is in the translation, and all of them."""

    kept: int
    total: int


@dataclass(frozen=True)
class Glossary:
    """The terms of a user; the longest that fits is taken."""

    terms: tuple[Term, ...]

    @cached_property
    def digest(self) -> str:
        """A hash of the terms, for what depends on them."""
        lines = sorted(f"{term.source}\t{term.target}\t{term.exact}" for term in self.terms)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    @cached_property
    def longest_first(self) -> tuple[Term, ...]:
        """The terms in the order in which they are tried at a place."""
        return tuple(sorted(self.terms, key=lambda term: (-len(term.source), not term.exact)))

    @cached_property
    def by_first_word(self) -> tuple[tuple[str, Term], ...]:
        """The terms in that order, each with its first word in small letters."""
        return tuple((term.source.lower().split()[0], term) for term in self.longest_first)

    def occurrences(self, text: str) -> list[Occurrence]:
        """Where terms stand in a source, in order; none overlap.

        >>> bank = Glossary((Term("bank", "bank"), Term("bank sentral", "central bank")))
        >>> [each.english for each in bank.occurrences("Bank sentral mengawasi bank-bank.")]
        ['central bank', 'banks']
        """
        found = []
        lower = text.lower()
        near = tuple(term for word, term in self.by_first_word if word in lower)
        for match in pattern_of(near).finditer(text) if near else ():
            term = near[(match.lastindex or 1) - 1]
            source = term.source.lower()
            doubled = match[0].lower().startswith(f"{source}-{source}")
            english = plural(term.target) if doubled else term.target
            found.append(Occurrence(match.start(), match.end(), term, english))
        return found

    def missed(self, source: str, english: str) -> tuple[str, ...]:
        """The English of the terms of a source that are not in its translation often enough."""
        wanted: dict[Term, int] = {}
        for each in self.occurrences(source):
            wanted[each.term] = wanted.get(each.term, 0) + 1
        return tuple(
            term.target
            for term, count in wanted.items()
            for _ in range(count - len(term.in_english().findall(english)))
        )

    def kept(self, pairs: Iterable[tuple[str, str]]) -> TermsKept:
        """How many terms stand in Indonesian sentences, and in the English of them."""
        total = missed = 0
        for source, english in pairs if self.terms else ():
            total += len(self.occurrences(source))
            missed += len(self.missed(source, english))
        return TermsKept(total - missed, total)


NO_GLOSSARY = Glossary(())


@lru_cache(maxsize=1024)
def pattern_of(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Terms in one pattern, tried in their order; the number of the group says which it was."""
    every = "|".join(f"({term.in_source()})" for term in terms)
    return re.compile(rf"(?<![\w-])(?:{every})(?![\w-])")


def spaced(term: str) -> str:
    """A pattern in which spaces of a term may be hyphens."""
    return r"[\s-]+".join(re.escape(word) for word in term.split())


def plural(english: str) -> str:
    """The plural of an English noun as it is mostly written.

    >>> [plural(word) for word in ("bank", "city", "box", "OPEC")]
    ['banks', 'cities', 'boxes', 'OPEC']
    """
    if english.isupper() or english.endswith("s"):
        return english
    if re.search(r"[^aeiou]y$", english):
        return f"{english[:-1]}ies"
    return f"{english}{'es' if re.search(r'(?:x|ch|sh)$', english) else 's'}"


def read_glossary(path: Path) -> Glossary:
    """Read `Indonesian<TAB>English[<TAB>note]`; blank lines and comments (#) are skipped.

    Raises:
        UserError: the file cannot be read, a line has not two or three columns or an empty one, or
            a term stands twice with different English.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise UserError(f"{path}: {reason}; expected a UTF-8 file of tab-separated terms") from None
    seen: dict[tuple[str, bool], tuple[int, Term]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        term = term_of(line.split("\t"), f"{path}:{number}")
        key = (" ".join(term.source.split()) if term.exact else term.source.lower(), term.exact)
        first, other = seen.setdefault(key, (number, term))
        if other.target != term.target:
            raise UserError(
                f"{path}:{number}: {term.source!r} is {term.target!r} here and {other.target!r} in "
                f"line {first}; keep one"
            )
    if not seen:
        raise UserError(f"{path}: no terms; expected Indonesian, a tab, English in each line")
    return Glossary(tuple(term for _, term in seen.values()))


def term_of(columns: Sequence[str], where: str) -> Term:
    """The term of a line.

    Raises:
        UserError: not two or three columns, an empty one, or a term without a letter or digit.
    """
    cells = [cell.strip() for cell in columns]
    if len(cells) not in (2, 3):
        raise UserError(
            f"{where}: expected 2 or 3 columns, got {len(cells)}; put a tab between Indonesian and "
            "English"
        )
    if not cells[0] or not cells[1]:
        raise UserError(f"{where}: an empty term; fill in both columns or remove the line")
    if not any(map(str.isalnum, cells[0])):
        raise UserError(f"{where}: {cells[0]!r} has no letter or digit; remove the line")
    return Term(cells[0], cells[1], exact=len(cells) == 3 and EXACT in cells[2].lower().split())
