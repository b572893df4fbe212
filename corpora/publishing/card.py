"""All that a dataset card tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpora.publishing.card_figures import Figures
from corpora.publishing.licences import Terms, terms
from corpora.publishing.manifest import Shard


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card tells.

    Attributes:
        title: of the dataset.
        shards: files of the dataset as it is published.
        figures: counts over them.
        record: `run.json`.
        scores: `scores.json`.
        mode: what of the text is there: `full`, `snippets` or `hashes`.
        masked: pieces of personal data that were masked, by kind; None when nobody looked.
        leaks: rows removed because a test set has them, by its name.
        name: of the repository on the Hub, if it has one.
    """

    title: str
    shards: Sequence[Shard]
    figures: Figures
    record: Mapping[str, Any]
    scores: Mapping[str, Any]
    mode: str = "full"
    masked: Mapping[str, int] | None = None
    leaks: Mapping[str, int] = field(default_factory=dict)
    name: str = ""

    @property
    def terms(self) -> Terms:
        """What the licence of the model means."""
        return model_terms(self.record)


def model_terms(record: Mapping[str, Any]) -> Terms:
    """The terms of the model that a run record names."""
    settings = record.get("settings") or {}
    return terms(str(settings.get("model", "the model")), str(record.get("licence", "unknown")))
