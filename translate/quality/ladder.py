"""Suspect translations decoded again, rung by rung, each time another way; the best of all is kept.

Rungs, from the cheapest on; a sentence climbs only as long as something is wrong with it that the
next rung may cure:

1. `plain`: the beam search itself; if its best hypothesis is suspect, the others of the same beam
   are weighed too, and misspelt names and numbers are written as the source has them;
2. `masked`: familiar names stand in for lost names and for missed terms of the glossary; half the
   beam is enough for that;
3. `apart`: what is between placeholders is translated, the placeholders stand as they are;
4. `strict`: nothing may be repeated, and what the source repeats is said twice at most;
5. `halves`: cut at the clause border nearest the middle, decoded as strictly;
6. `greedy`: without a search, as strictly;
7. `wider`: twice the beam.

A candidate is worth its mean log probability per token less the weight of each suspicion; of two
that are worth the same the earlier is kept. Nothing depends on the other sentences of a batch. One
pass costs a suspect at most six decodings.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from translate.engine import Decoding, Stopped
from translate.quality.candidates import Candidate, value
from translate.quality.drafts import Draft, Output
from translate.quality.glossary import Glossary
from translate.quality.masks import Masks
from translate.quality.placeholders import lost
from translate.quality.respelling import respelt, unsaid
from translate.quality.rungs import RUNGS, Decode, Drafter, Rung
from translate.quality.suspects import Suspicion, suspicions


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs for one model.

    Attributes:
        decode: the hypotheses for pieces, best first.
        pieces_of: a text cut into what the model takes at once.
        decoding: how a sentence is decoded that is not suspect.
        glossary: terms that must be in the output.
        masks: of the model.
        on: whether suspects are decoded again.
    """

    decode: Decode
    pieces_of: Callable[[str], Sequence[str]]
    decoding: Decoding
    glossary: Glossary
    masks: Masks
    on: bool = True

    def best(self, sentences: Sequence[str]) -> dict[str, Candidate]:
        """The best candidate for each sentence; the sentences are all different and have words."""
        found = self.first(sentences)
        self.again(found, sentences)
        return found

    def first(self, sentences: Sequence[str]) -> dict[str, Candidate]:
        """A candidate for each sentence, from the first rung; none for what it cannot render.

        Raises:
            Stopped: with the candidates found until then.
        """
        found: dict[str, Candidate] = {}
        try:
            self.climb(next(iter(RUNGS.values())), sentences, found)
        except Stopped:
            raise Stopped(found) from None
        return found

    def again(self, found: dict[str, Candidate], sentences: Sequence[str]) -> None:
        """Climb the further rungs, and note what is better than was found.

        Raises:
            Stopped: what is found for a sentence is what its last whole rung gave.
        """
        for rung in self.further:
            self.climb(rung, sentences, found)

    def climbs(self, best: Candidate | None) -> bool:
        """Tell whether a sentence with this candidate goes beyond the first rung."""
        return any(rung.concerns(best) for rung in self.further)

    @property
    def further(self) -> list[Rung]:
        """The rungs beyond the first."""
        return [rung for rung in list(RUNGS.values())[1:] if self.on or rung.always]

    def climb(self, rung: Rung, sentences: Sequence[str], found: dict[str, Candidate]) -> None:
        """Decode what a rung concerns, all at once, and note what is better than was found."""
        drafts = {
            text: draft
            for text in sentences
            if rung.concerns(found.get(text))
            and (draft := rung.draft(self.drafter, text, found.get(text))) is not None
        }
        decoding = rung.decoding(self.decoding) if self.on else self.decoding
        try:
            outputs = self.outputs(drafts.values(), decoding)
        except Stopped as stopped:
            done = stopped.found.keys()
            whole = {text: draft for text, draft in drafts.items() if done >= set(draft.pieces)}
            self.note(whole, stopped.found, found)
            raise
        self.note(drafts, outputs, found)

    def note(
        self,
        drafts: Mapping[str, Draft],
        outputs: Mapping[str, Sequence[Output]],
        found: dict[str, Candidate],
    ) -> None:
        """Keep the best candidate of each draft where it is better than what was found."""
        for text, draft in drafts.items():
            known = found.get(text)
            rivals = [*([known] if known else ()), *self.candidates(text, draft, outputs)]
            if rivals:
                found[text] = max(rivals, key=lambda each: each.value)  # the first of equals

    @property
    def drafter(self) -> Drafter:
        """What makes the drafts of the rungs."""
        return Drafter(
            self.decode, self.pieces_of, self.decoding, self.glossary, self.masks, self.on
        )

    def outputs(self, drafts: Iterable[Draft], decoding: Decoding) -> dict[str, Sequence[Output]]:
        """The hypotheses for every piece of some drafts.

        Raises:
            Stopped: with those found until then.
        """
        pieces = list(dict.fromkeys(piece for draft in drafts for piece in draft.pieces))
        if not pieces:
            return {}
        try:
            return dict(zip(pieces, self.decode(pieces, decoding), strict=True))
        except Stopped as stopped:
            raise Stopped({pieces[at]: each for at, each in stopped.found.items()}) from None

    def candidates(
        self, source: str, draft: Draft, outputs: Mapping[str, Sequence[Output]]
    ) -> list[Candidate]:
        """The candidates that a draft gives; only its first if nothing is wrong with that."""
        pieces = dict.fromkeys(draft.pieces)
        first = self.weighed(source, draft.rendered({each: outputs[each][0] for each in pieces}))
        if first is not None and first.is_good:
            return [first]
        found = [first] if first is not None else []
        if not self.on:
            return found
        found += self.others(source, draft, outputs)
        if found:
            best = max(found, key=lambda each: each.value)
            text = respelt(source, best.text, best.found, best.unsaid)
            if text != best.text:
                found.append(self.judged(source, replace_text(best, text)))
        return found

    def others(
        self, source: str, draft: Draft, outputs: Mapping[str, Sequence[Output]]
    ) -> Iterator[Candidate]:
        """Candidates from the further hypotheses; of several pieces, from the best of each."""
        pieces = list(dict.fromkeys(draft.pieces))
        if len(pieces) == 1:
            choices = [{pieces[0]: output} for output in outputs[pieces[0]][1:]]
        else:
            choices = [
                {
                    piece: max(outputs[piece], key=lambda each: value(piece, each))
                    for piece in pieces
                }
            ]
        for choice in choices:
            candidate = self.weighed(source, draft.rendered(choice))
            if candidate is not None:
                yield candidate

    def weighed(self, source: str, output: Output | None) -> Candidate | None:
        """An output with what is wrong with it."""
        return None if output is None else self.judged(source, output)

    def judged(self, source: str, output: Output) -> Candidate:
        """An output with what is wrong with it, terms and placeholders included."""
        english = output.text
        found = list(suspicions(source, english, cut=output.cut))
        found += [Suspicion("placeholder-lost", 1.0, part) for part in lost(source, english)]
        found += [
            Suspicion("glossary-missed", 1.0, term)
            for term in self.glossary.missed(source, english)
        ]
        names = unsaid(source, english) if self.on else ()
        return Candidate(english, output.score, output.cut, tuple(found), names)


def replace_text(candidate: Candidate, text: str) -> Output:
    """Another text in place of that of a candidate, as likely as it."""
    return Output(text, candidate.score, candidate.cut)
