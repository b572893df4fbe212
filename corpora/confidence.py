"""How sure a bead is, and what it is: a calibrated share, and one of four classes."""

from math import exp, log

from corpora.evidence import Evidence

# Logistic regression over 3,279 beads that the aligner chose, 1.5 % of them wrong, in documents
# made from the first half of FLORES-200 dev (see `corpora.beads`); on 1,431 beads of the second
# half its Brier score is .017, where the bead's own odds have .023. The weight of numbers (fitted:
# 2.3) and of quotations (1.4) is lowered: few of the wrong beads had any. `BASE` (fitted: 1.2) is
# raised by what the odds of `corpora.beads` were lowered by since.
BASE = 1.3
ODDS = 0.86
NUMBER, MOST_NUMBERS = 1.5, 2
NAME, MOST_NAMES = 0.95, 3
QUOTATION = 1.0
CONFLICT = -1.2
MISSING, MOST_MISSING = -0.9, 2

SURE = 0.9  # confidence of a parallel bead
LIKELY = 0.5  # and of one that is supported at all
LITERAL = 0.35  # cosine below which a sure bead is a free rendering
LOPSIDED = 1.8  # times as many characters on one side: a fragment

CLASSES = ("parallel", "loose", "fragment", "unsupported")


def confidence(odds: float, shared: Evidence) -> float:
    """The estimated share of beads with such log-odds and evidence that are right, in [0, 1].

    >>> [round(confidence(0.0, Evidence(conflicts=found)), 2) for found in [(), ("7/9",)]]
    [0.79, 0.52]
    """
    total = BASE + ODDS * odds
    total += NUMBER * min(MOST_NUMBERS, len(shared.numbers))
    total += NAME * min(MOST_NAMES, len(shared.names))
    total += QUOTATION * shared.quotation + CONFLICT * bool(shared.conflicts)
    total += MISSING * min(MOST_MISSING, len(shared.missing))
    return 1 / (1 + exp(-total))


def class_of(sure: float, cosine: float, source: int, reference: int, shared: Evidence) -> str:
    """One of `CLASSES`.

    Args:
        sure: the confidence.
        cosine: of both sides.
        source: characters of the machine English.
        reference: characters of the reference.
        shared: the evidence; numbers that conflict make a bead loose at best.
    """
    if sure < LIKELY:
        return "unsupported"
    if abs(log((source + 1) / (reference + 1))) > log(LOPSIDED):
        return "fragment"
    literal = sure >= SURE and cosine >= LITERAL and not shared.conflicts
    return "parallel" if literal else "loose"
