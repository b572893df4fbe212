"""Which references belong to which article, and the aligned articles that come of it."""

from collections.abc import Sequence

from corpora.address import reference_names
from corpora.document_matching import assigned
from corpora.references import UNASSIGNED, References, Snippet
from translate.journal import Journal
from translate.pairing import Article, pair
from translate.progress import Progress
from translate.translator import Translator


def reference_name(references: References, path: str) -> str | None:
    """The first of an article's names that has references, or None."""
    return next((name for name in reference_names(path) if name in references), None)


def snippets_of_article(references: References, path: str) -> tuple[Snippet, ...]:
    """The reference snippets of an article."""
    name = reference_name(references, path)
    return references[name] if name is not None else ()


def without_article(journal: Journal, references: References) -> list[str]:
    """Names of references that no article of the run has, in order.

    A snippet that names no article, and that none says, goes by its own name.
    """
    left = set(references) - {UNASSIGNED}
    for path in journal.paths():
        left.difference_update(reference_names(path))
    return sorted(left) + [snippet.id for snippet in references.get(UNASSIGNED, ())]


def unclaimed(paired: Sequence[Article], references: References) -> list[str]:
    """Sentences of the references that no finished article has: they count as not aligned."""
    claimed = {reference_name(references, article.path) for article in paired}
    return [
        sentence
        for name in sorted(references.keys() - claimed)
        for snippet in references[name]
        for sentence in snippet.sentences()
    ]


def matched(journal: Journal, references: References) -> References:
    """References with those that name no article given to the articles that say them."""
    if not references.get(UNASSIGNED):
        return references
    english = {}
    for article in journal.articles():
        name = reference_name(references, article.path) or reference_names(article.path)[0]
        english[name] = [each.translation.text for each in article.sentences]
    return assigned(references, english)


def pair_articles(
    journal: Journal, references: References, translator: Translator, progress: Progress
) -> list[Article]:
    """Align every finished article with its references."""
    progress.begin("align", journal.count("articles") - len(journal.failures()))
    model = f"{translator.model.name}@{translator.model.revision}"
    paired = []
    for article in journal.articles():
        paired.append(pair(article, snippets_of_article(references, article.path), model))
        progress.advance()
    return paired
