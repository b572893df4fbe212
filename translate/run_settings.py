"""What of its settings must stay the same for an interrupted run to be resumed."""

import hashlib
from typing import Any

from corpora.lines.model import weights_digest
from corpora.page import Cleaning
from translate.translator import Translator


def settings_of(translator: Translator) -> dict[str, Any]:
    """What of the translating must stay the same."""
    return {
        "model": translator.model.label,
        "revision": translator.model.revision,
        "engine": translator.engine.name,
        "compute_type": translator.engine.compute_type,
        "beam": translator.decoding.beam,
        "redecode": translator.ladder,
        "glossary": translator.glossary.digest if translator.glossary.terms else None,
    }


def cleaning_settings(cleaning: Cleaning) -> dict[str, Any]:
    """What of the cleaning must stay the same."""
    rules = repr([(rule.name, rule.label, rule.pattern.pattern) for rule in cleaning.rules])
    return {
        "keep": sorted(cleaning.keep),
        "drop": sorted(cleaning.drop),
        "rules": hashlib.sha256(rules.encode()).hexdigest()[:16],
        "weights": weights_digest(),
        "learn_repeats": cleaning.learn_repeats,
    }
