"""The rungs of the ladder: what of a suspect is decoded again, and how.

What each is for stands in `translate.quality.ladder`, which climbs them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from translate.engine import Decoding
from translate.quality import drafts
from translate.quality.candidates import Candidate
from translate.quality.drafts import (
    AMPERSAND,
    Draft,
    Output,
    calmed,
    halves,
    has_loose_markup,
    squeezed,
    unwrapped,
)
from translate.quality.glossary import Glossary
from translate.quality.masks import Masks, Span, placeholders_in, spans_of

Decode = Callable[[Sequence[str], Decoding], Sequence[Sequence[Output]]]
STRUCTURE = frozenset(["empty", "loop", "cut-off", "copied", "wrong-language", "length-ratio"])
MOST_MASKS = 4  # in one sentence: with more, little of it is left to translate


@dataclass(frozen=True, slots=True)
class Drafter:
    """Makes of a sentence what the model reads in its place; attributes as those of `Ladder`."""

    decode: Decode
    pieces_of: Callable[[str], Sequence[str]]
    decoding: Decoding
    glossary: Glossary
    masks: Masks
    on: bool = True

    def draft(
        self,
        source: str,
        *,
        spans_in: Callable[[str], Sequence[Span]] = lambda _text: (),
        change: Callable[[str], str] = str,
        cut: Callable[[str], Sequence[str]] = lambda text: (text,),
    ) -> Draft:
        """A sentence in a form that the model reads, placeholders masked and tags taken off.

        Args:
            source: the sentence.
            spans_in: gives what is to be masked beside placeholders.
            change: applied to the text that the model gets.
            cut: gives the parts in which it gets it.
        """
        bare, wrapped = unwrapped(source)
        if has_loose_markup(bare):
            return drafts.apart(source, self.pieces_of)
        text = calmed(bare)
        text = text if len(text) == len(bare) else bare  # places must stay where they are
        every = sorted([*spans_in(bare), *placeholders_in(bare)])
        kinds = [kind for _, _, kind, _ in every]
        if kinds:
            self.ask_for_masks()
        chosen = [
            (start, end, "&" if english == AMPERSAND else mask, english)
            for (start, end, _, english), mask in zip(
                every, self.masks.chosen(text, kinds), strict=True
            )
        ]
        if not all(mask for _, _, mask, _ in chosen):
            return drafts.apart(source, self.pieces_of)
        text, undo = drafts.masked(text, chosen)
        pieces = [piece for part in cut(change(text)) for piece in self.pieces_of(part)]
        return Draft((tuple(pieces),), undo.masks, wrapped)

    def ask_for_masks(self) -> None:
        """See that the masks of the model are known."""
        fast = replace(self.decoding, beam=1, hypotheses=1)
        self.masks.ask(lambda texts: [found[0].text for found in self.decode(texts, fast)])

    def plain(self, source: str, _best: Candidate | None) -> Draft:
        """The sentence as it is."""
        return self.draft(source)

    def masked(self, source: str, best: Candidate | None) -> Draft | None:
        """The sentence with masks for what was lost: terms, and names if the ladder is on."""
        found = best.found if best else ()
        missed = {each.about for each in found if each.flag == "glossary-missed"}
        if best is None:
            missed = {term.target for term in self.glossary.terms}
        names = [each.about for each in found if self.on and each.flag == "names-lost"]
        names += best.unsaid if best else ()
        if best is None:  # words between tags did not come through
            names = [words for words, _ in unwrapped(source)[1] if words[:1].isupper()]

        def spans_in(text: str) -> list[Span]:
            terms = [each for each in self.glossary.occurrences(text) if each.term.target in missed]
            return spans_of(names, terms, text)

        count = len(spans_in(unwrapped(source)[0]))
        return self.draft(source, spans_in=spans_in) if 0 < count <= MOST_MASKS else None

    def apart(self, source: str, _best: Candidate | None) -> Draft:
        """The sentence in the parts between its placeholders."""
        return drafts.apart(source, self.pieces_of)

    def squeezed(self, source: str, _best: Candidate | None) -> Draft:
        """The sentence without what it repeats."""
        return self.draft(source, change=squeezed)

    def halved(self, source: str, _best: Candidate | None) -> Draft:
        """The sentence in two parts."""
        return self.draft(source, change=squeezed, cut=halves)


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to decode a suspect again.

    Attributes:
        cures: flags of which a sentence must have one to get here.
        draft: what is decoded, for a sentence and the best candidate so far; None to pass.
        decoding: how, made from the usual decoding.
        always: whether it is climbed even with the ladder off.
    """

    cures: frozenset[str]
    draft: Callable[[Drafter, str, Candidate | None], Draft | None]
    decoding: Callable[[Decoding], Decoding]
    always: bool = False

    def concerns(self, best: Candidate | None) -> bool:
        """Tell whether a sentence with this candidate climbs here; None: it has none yet."""
        if best is None or not self.cures.isdisjoint(best.flags):
            return True
        return bool(best.unsaid) and "names-lost" in self.cures


def usual(decoding: Decoding) -> Decoding:
    """The usual decoding, with all hypotheses of the beam."""
    return replace(decoding, hypotheses=decoding.beam)


def narrow(decoding: Decoding) -> Decoding:
    """Half the beam: a sentence whose names are familiar needs less of a search.

    Of 1,414 names in 520 sentences (names.tsv) 1,400 are kept so, 1,402 with the whole beam.
    """
    beam = max(1, decoding.beam // 2)
    return replace(decoding, beam=beam, hypotheses=beam)


def strict(decoding: Decoding) -> Decoding:
    """A decoding that repeats nothing."""
    return replace(usual(decoding), repetition_penalty=1.2, no_repeat_ngram=4)


RUNGS: dict[str, Rung] = {
    "plain": Rung(frozenset(), Drafter.plain, usual, always=True),
    "masked": Rung(
        frozenset(["names-lost", "glossary-missed"]), Drafter.masked, narrow, always=True
    ),
    "apart": Rung(frozenset(["placeholder-lost"]), Drafter.apart, usual, always=True),
    "strict": Rung(STRUCTURE, Drafter.squeezed, strict),
    "halves": Rung(STRUCTURE, Drafter.halved, strict),
    "greedy": Rung(STRUCTURE, Drafter.squeezed, lambda usual: replace(strict(usual), beam=1)),
    "wider": Rung(
        STRUCTURE,
        Drafter.plain,
        lambda decoding: replace(decoding, beam=2 * decoding.beam, hypotheses=2 * decoding.beam),
    ),
}
