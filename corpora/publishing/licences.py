"""What the licence of a model means for the corpus that it made."""

import re
from dataclasses import dataclass

NON_COMMERCIAL = re.compile(r"(?<![a-z])nc(?![a-z])|non-?commercial|research-only", re.IGNORECASE)
OTHER = "other"  # the Hub's word for a licence that it has no name for


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what a corpus may be used, as far as the model decides it.

    Attributes:
        model: name of the model.
        licence: of the model, as its card names it.
        dataset: the Hub's identifier that the corpus gets, unless a human states another.
        sentence: for the card.
        warning: for a person who is about to publish; empty when there is nothing to say.
    """

    model: str
    licence: str
    dataset: str
    sentence: str
    warning: str


def terms(model: str, licence: str) -> Terms:
    """The terms that come with a model.

    >>> terms("nllb", "CC-BY-NC-4.0").dataset
    'cc-by-nc-4.0'
    >>> terms("opus", "Apache-2.0").warning
    ''
    """
    if NON_COMMERCIAL.search(licence):
        named = licence.lower() if licence.lower().startswith("cc-by-nc") else OTHER
        sentence = (
            f"The machine English was made by the model `{model}`, whose licence is {licence}: "
            "**non-commercial**. Use it for non-commercial purposes only, and name the model."
        )
        warning = f"{model} is under {licence}: its translations are for non-commercial use only"
        return Terms(model, licence, named, sentence, warning)
    if licence in ("", "unknown"):
        sentence = (
            f"The licence of the model, {model}, is unknown; ask its makers before you use it."
        )
        return Terms(model, "unknown", OTHER, sentence, f"the licence of {model} is unknown")
    sentence = f"The machine English was made by the model `{model}`, whose licence is {licence}."
    return Terms(model, licence, OTHER, sentence, "")
