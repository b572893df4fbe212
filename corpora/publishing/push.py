"""A run folder onto the Hub: what would be sent is planned whole before anything is."""

import tempfile
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from corpora.files import lines_written, write_text
from corpora.publishing.card import Card, model_terms
from corpora.publishing.card_figures import figures
from corpora.publishing.dataset_card import CARD, adopted, is_of_selaras, json_object
from corpora.publishing.dataset_repository import Repository
from corpora.publishing.publication import (
    MODES,
    Publication,
    PublicationOptions,
    checked,
    publication,
)
from corpora.publishing.push_plan import NEUTRAL, Plan, Remote, planned, shard_item, text_item
from corpora.publishing.pushed_card import merged_card, remember
from corpora.reachability import require_hub

LEAKS = "leaks.jsonl"


@dataclass(frozen=True, slots=True)
class PushOptions:
    """How to push.

    Attributes:
        public: whether everybody may read the dataset.
        revision: branch; made if it is not there.
        message: of the commit.
        tag: name for the commit; empty for none.
        dry_run: whether to stop after the plan; it needs no token and no network.
    """

    public: bool = False
    revision: str = "main"
    message: str = "Update the corpus with Selaras"
    tag: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did, or would do.

    Attributes:
        plan: what was to change.
        publication: what was published.
        commit: that holds it; empty after a dry run.
        warnings: that a person should read.
        compared: whether the plan takes account of what is on the Hub.
    """

    plan: Plan
    publication: Publication
    commit: str
    warnings: tuple[str, ...]
    compared: bool = True


def push(
    run: Path,
    name: str,
    content: PublicationOptions,
    options: PushOptions,
    *,
    choose: Callable[[], str] | None = None,
    mode_is_chosen: bool = True,
    tell: Callable[[str], None] = lambda _: None,
) -> Pushed:
    """Publish a finished run folder as a dataset.

    Args:
        run: the run folder.
        name: `user/name`.
        content: what of it.
        options: how.
        choose: asked for a mode, when the dataset is public and none was chosen.
        mode_is_chosen: whether `content.mode` is a choice rather than the default.
        tell: told what happens.

    Raises:
        UserError: nothing was sent, or a push broke off; one line says why.
    """
    unasked = out_of_reach(name) if options.dry_run else ""
    repository = None if unasked else Repository(name)
    shards = checked(run)
    record, scores = json_object(run / "run.json"), json_object(run / "scores.json")
    remote = repository.look(options.revision) if repository else Remote()
    check_content(name, remote)
    if options.tag and options.tag in remote.tags:
        raise UserError(f"{name}: has a tag {options.tag!r} already; name another")
    if (options.public or remote.public) and not mode_is_chosen:
        content = with_mode(content, name, choose)
    with tempfile.TemporaryDirectory(prefix=".publish-", dir=run) as staging:
        found = publication(run, Path(staging), content, shards)
        if not found.files:
            raise UserError(f"{run}: no row is left to publish with these options")
        card = card_of(run, name, found, content, record, scores)
        items = [shard_item(shard, path) for shard, path in found.files]
        merged = merged_card(run, card, remote, f"{name}@{options.revision}")
        plan = planned(
            name,
            options.revision,
            remote,
            [*items, text_item(CARD, merged)],
            public=options.public,
        )
        warnings = warnings_of(record, found, content, unasked)
        if repository and remote.exists and plan.public:
            warnings += uncovered(plan, repository.past(), public=remote.public)
        write_leaks(run, found, content)
        leaving = leaves(card)
        for line in (*(f"warning: {warning}" for warning in warnings), leaving, *plan.lines()):
            tell(line)
        if options.dry_run or repository is None:
            tell("nothing was sent; without --dry-run it is")
            return Pushed(plan, found, "", warnings, compared=repository is not None)
        commit = repository.carry_out(plan, options.message, tell)
    if plan.public and not plan.create and not remote.public:
        repository.publish()
    if options.tag:
        repository.tag(options.tag, commit)
    write_text(run / CARD, adopted(run, merged, record))
    remember(run, f"{name}@{options.revision}", commit, merged)
    return Pushed(plan, found, commit, warnings)


def out_of_reach(name: str) -> str:
    """Why the Hub cannot be asked what it has; empty if it can.

    What would leave can be seen before there is an account, and without a network.
    """
    from huggingface_hub import get_token

    if not get_token():
        return "there is no token"
    try:
        require_hub(name, "")
    except UserError as error:
        return str(error).removeprefix(f"{name}: ").removesuffix("; ")
    return ""


def check_content(name: str, remote: Remote) -> None:
    """Refuse a repository that holds something else.

    Raises:
        UserError: it does.
    """
    foreign = sorted(path for path in remote.files if path not in NEUTRAL)
    if foreign and not is_of_selaras(remote.card):
        raise UserError(
            f"{name}: holds other content ({foreign[0]} and {len(foreign) - 1} more files, no card "
            "of Selaras); name another dataset"
        )


def uncovered(plan: Plan, past: Mapping[str, Set[str]], *, public: bool) -> tuple[str, ...]:
    """What to warn of: text of older commits that this push leaves out, and all can read.

    Args:
        plan: of the push.
        past: digests of all files of all commits, by path.
        public: whether everybody can read the older commits already.

    Raises:
        UserError: they would become readable only now, for good.
    """
    older = plan.not_sent(past)
    if not older:
        return ()
    files = "1 data file" if len(older) == 1 else f"{len(older):,} data files"
    if public:
        return (f"older commits keep {files} that this push leaves out; everybody can read them",)
    raise UserError(
        f"{plan.repository}: older commits hold {files} that this push leaves out ({older[0]}), "
        "and everybody could read them; name another dataset, or push this without --public, call "
        f'huggingface_hub.HfApi().super_squash_history("{plan.repository}", repo_type="dataset"'
        f"{branch_of(plan)}), then push with --public"
    )


def branch_of(plan: Plan) -> str:
    """The argument that names the branch of a plan to the Hub's own client."""
    return "" if plan.revision == "main" else f', branch="{plan.revision}"'


def with_mode(
    content: PublicationOptions, name: str, choose: Callable[[], str] | None
) -> PublicationOptions:
    """The same with a mode that a person chose.

    Raises:
        UserError: nobody is there to ask.
    """
    from dataclasses import replace

    if choose is None:
        raise UserError(
            f"{name}: everybody could read the articles; say what may leave with --publish "
            f"{'|'.join(MODES)}"
        )
    return replace(content, mode=choose())


def card_of(
    run: Path,
    name: str,
    found: Publication,
    content: PublicationOptions,
    record: Mapping[str, Any],
    scores: Mapping[str, Any],
) -> Card:
    """What the card tells of the dataset as it is published."""
    return Card(
        title=name.partition("/")[2],
        shards=[shard for shard, _ in found.files],
        figures=figures(found.files, run / "articles.jsonl"),
        record=record,
        scores=scores,
        mode=content.mode,
        masked=found.masked,
        leaks=found.leaking if content.drop_leaks else {},
        name=name,
    )


def leaves(card: Card) -> str:
    """What of the corpus leaves the machine, in one line."""
    figures = card.figures
    what = {
        "full": "full text",
        "snippets": "rows with a reference alone",
        "hashes": "no text: hashes, offsets and scores",
    }
    return (
        f"{what[card.mode]}; {figures.rows:,} rows of {figures.articles:,} articles, "
        f"{figures.aligned:,} of them with human English"
    )


def warnings_of(
    record: Mapping[str, Any], found: Publication, content: PublicationOptions, unasked: str
) -> tuple[str, ...]:
    """What a person should know before the text is out.

    Args:
        record: of the run.
        found: what is published.
        content: how.
        unasked: why the Hub was not asked what it has; empty if it was.
    """
    warnings = []
    if unasked:
        warnings.append(f"the Hub was not asked what it has ({unasked}): all counts as new")
    if warning := model_terms(record).warning:
        warnings.append(warning)
    for name, count in sorted(found.leaking.items()):
        done = "left out" if content.drop_leaks else "in it; --drop-leaks leaves them out"
        warnings.append(f"{count:,} rows overlap with the test set {name} ({done})")
    if found.masked:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(found.masked.items()))
        warnings.append(f"personal data masked: {kinds}")
    return tuple(warnings)


def write_leaks(run: Path, found: Publication, content: PublicationOptions) -> None:
    """Write the overlap of each row that has one worth telling."""
    if content.test_sets:
        with lines_written(run / LEAKS) as write:
            for entry in found.leaks:
                write(entry)
