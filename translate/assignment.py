"""Which references belong to which article, and the aligned articles that come of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from corpora.address import reference_names
from corpora.document_matching import assigned
from corpora.errors import UserError
from corpora.link_table import LinkLine, all_lines
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


def unclaimed(paths: Iterable[str], references: References) -> Iterator[tuple[str, Snippet, str]]:
    """Sentences of the references that no finished article has, with the name of the references.

    They count as not aligned.

    Args:
        paths: of the finished articles.
        references: all of the run.
    """
    claimed = {reference_name(references, path) for path in paths}
    return (
        (name, snippet, sentence)
        for name in sorted(references.keys() - claimed)
        for snippet in references[name]
        for sentence in snippet.sentences()
    )


def gathered(journal: Journal, references: References) -> References:
    """References with those in a folder of an article's name given to that article.

    `korut/guardian.txt` and `korut/reuters.txt` are both references of `korut.txt`.
    """
    names = {name for path in journal.paths() for name in reference_names(path)}
    result: dict[str, tuple[Snippet, ...]] = {}
    for name, snippets in references.items():
        parent = str(PurePosixPath(name).parent)
        own = parent if name not in names and parent in names else name
        result[own] = (*result.get(own, ()), *snippets)
    return result


def matched(journal: Journal, references: References) -> References:
    """References with those that name no article given to the articles that say them.

    The articles are read from the journal twice; their texts are not held.
    """
    if not references.get(UNASSIGNED):
        return references

    def english() -> Iterator[tuple[str, list[str]]]:
        for article in journal.articles():
            name = reference_name(references, article.path) or reference_names(article.path)[0]
            yield name, [each.translation.text for each in article.sentences]

    return assigned(references, english)


def placed(
    journal: Journal, references: References, table: Mapping[str, Sequence[LinkLine]]
) -> References:
    """References with each snippet at the article where a corrected table has it.

    Snippets that the table does not name are matched as ever; those that it gives to no article
    are no article's.

    Raises:
        UserError: the table names an article or a snippet that is not there, or links a snippet
            in two articles.
    """
    paths = set(journal.paths())
    homes = {each.id: name for name, snippets in references.items() for each in snippets}
    wanted: dict[str, LinkLine] = {}
    for line in all_lines(table):
        if line.article and line.article not in paths:
            raise UserError(f"{line.where}: no article {line.article} in this run")
        if line.reference_id and line.reference_id not in homes:
            raise UserError(f"{line.where}: no snippet {line.reference_id} in the references")
        first = wanted.setdefault(line.reference_id, line) if line.reference_id else line
        if line.linked and first.article != line.article:
            raise UserError(
                f"{line.where}: {line.reference_id} is linked in {first.article} already "
                f"({first.where}); a snippet belongs to one article"
            )
    result: dict[str, list[Snippet]] = {name: [] for name in references if name != UNASSIGNED}
    alone: list[Snippet] = []
    unnamed: list[Snippet] = []
    for home, snippets in references.items():
        for snippet in snippets:
            given = wanted.get(snippet.id)
            if given is None and home == UNASSIGNED:
                unnamed.append(snippet)
            elif given is not None and not given.article:
                alone.append(snippet)
            elif given is None or home in reference_names(given.article):
                result[home].append(snippet)
            else:
                name = (
                    reference_name(references, given.article) or reference_names(given.article)[0]
                )
                result.setdefault(name, []).append(snippet)
    rest = matched(
        journal, {name: tuple(each) for name, each in result.items()} | {UNASSIGNED: tuple(unnamed)}
    )
    left = (*rest.get(UNASSIGNED, ()), *alone)
    named = {name: each for name, each in rest.items() if each and name != UNASSIGNED}
    return named | ({UNASSIGNED: left} if left else {})


def unassigned_lines(references: References) -> Iterator[LinkLine]:
    """Lines of `links.tsv` for snippets that no article says."""
    for snippet in references.get(UNASSIGNED, ()):
        yield LinkLine(
            "", (), snippet.id, outlet=snippet.outlet, url=snippet.url, reference=snippet.text
        )


def pair_articles(
    journal: Journal,
    references: References,
    translator: Translator,
    progress: Progress,
    table: Mapping[str, Sequence[LinkLine]] | None = None,
) -> Iterator[Article]:
    """Yield every finished article aligned with its references, one at a time, by path.

    Args:
        journal: of the run.
        references: by article.
        translator: whose model the rows name.
        progress: told of every article.
        table: of corrected links; an article that it names has the links that it says.
    """
    progress.begin("align", journal.count("articles") - len(journal.failures()))
    model = f"{translator.model.label}@{translator.model.revision}"
    for article in journal.articles():
        snippets = snippets_of_article(references, article.path)
        yield pair(article, snippets, model, (table or {}).get(article.path))
        progress.advance()
