"""The training loop: one process a core or one GPU, resumable after a kill, averaged weights.

What made it fast on two cores, measured: bfloat16 autocast (the cores have matrix units), eager
attention (the fused kernel's backward pass is slow on a CPU), the loss of `loss.py`, one
single-threaded process a core with gradients averaged over gloo.
"""

import json
import multiprocessing
import os
import socket
from collections.abc import Sequence
from dataclasses import asdict
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from threading import Thread
from typing import Any

import torch
import torch.distributed as dist

from corpora.errors import UserError
from corpora.files import core_count, write_json
from translate.models import find_model
from translate.training.options import TrainingOptions
from translate.training.pairs import TrainingPair, digest_of, turned
from translate.training.trainer import FINAL, STATE, VOCABULARY, Evaluation, Trainer
from translate.training.vocabulary import copy_vocabulary, train_vocabulary

PROCESS_SETTINGS = {  # read by OpenMP and glibc when a process starts
    "OMP_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": "17179869184",
    "MALLOC_MMAP_THRESHOLD_": "17179869184",
}
FREE = {"minutes", "steps", "cooldown", "processes", "save_minutes"}  # may change on the way
CHANGES = {"reverse": "the other direction (--reverse)", "pairs": "other pairs or weights"}


def train(
    pairs: Sequence[TrainingPair],
    run: Path,
    options: TrainingOptions,
    evaluate: Evaluation | None = None,
) -> Path:
    """Train, or go on with, a run; give the folder of the finished model, `run/final`.

    A run whose schedule is over is left as it is; one whose schedule was made longer goes on.

    Args:
        pairs: cleaned; Indonesian and English, whatever the direction.
        run: folder of `state.pt`, `last/` (averaged weights as last saved on the way), `final/`,
            `options.json`, `log.jsonl`.
        options: how to train; those of a run that is resumed must be the same, and so must the
            pairs, but for `minutes`, `steps`, `cooldown`, `processes` and `save_minutes`.
        evaluate: scores a checkpoint folder whenever one is saved; picklable.

    Raises:
        UserError: nothing to train on, or the run folder holds a run with other options or pairs.
    """
    begin(pairs, run, options)
    if is_over(run, options):
        return run / FINAL
    if options.reverse:
        pairs = [turned(pair) for pair in pairs]
    vocabulary = run / VOCABULARY
    if not vocabulary.exists():
        if options.start:
            copy_vocabulary(find_model(options.start), vocabulary)
        else:
            train_vocabulary(pairs, vocabulary, options.vocabulary)
    world = 1 if torch.cuda.is_available() else options.processes or core_count()
    world = min(world, len(pairs))
    if world == 1:
        work(0, world, free_port(), list(pairs), run, options, evaluate)
    else:
        os.environ.update(PROCESS_SETTINGS)
        work_together(world, list(pairs), run, options, evaluate)
    return run / FINAL


def begin(pairs: Sequence[TrainingPair], run: Path, options: TrainingOptions) -> None:
    """Note the options and the pairs of a run, or compare them with what it was begun with.

    A run is begun when it has a vocabulary: what failed before may be mended in the same folder.
    What an older version did not note is taken for the same, and noted now.

    Raises:
        UserError: no pairs, a folder that cannot be made, or one with a run of another kind.
    """
    if not pairs:
        raise UserError("no pair to train on is left; look at the filters' counts")
    try:
        run.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{run}: cannot be made ({error.strerror})") from None
    file = run / "options.json"
    known: dict[str, Any] = {}
    if file.exists() and (run / VOCABULARY).exists():
        known = json.loads(file.read_text(encoding="utf-8"))
    wanted = {**asdict(options), "pairs": digest_of(pairs)}
    changed = [
        CHANGES.get(name, f"another {name}")
        for name, value in known.items()
        if name not in FREE and wanted.get(name, value) != value
    ]
    if changed:
        raise UserError(f"{run}: begun with {', '.join(changed)}; use a new folder")
    if known != wanted:
        write_json(file, {**known, **wanted})


def is_over(run: Path, options: TrainingOptions) -> bool:
    """Tell whether the schedule of a run has ended and the model of its end is there."""
    if not (run / FINAL).exists() or not (run / STATE).exists():
        return False
    state = torch.load(run / STATE, map_location="cpu", mmap=True, weights_only=True)
    saved = state.get("saved", FINAL)  # older versions did not tell
    return bool(saved == FINAL and options.progress(state["step"], state["minute"]) >= 1)


def work_together(
    world: int,
    pairs: list[TrainingPair],
    run: Path,
    options: TrainingOptions,
    evaluate: Evaluation | None,
) -> None:
    """Have so many processes train.

    Raises:
        UserError: of one of them.
    """
    from torch.multiprocessing.spawn import ProcessRaisedException, spawn

    complaints = multiprocessing.get_context("spawn").SimpleQueue()
    arguments = (world, free_port(), pairs, run, options, evaluate, complaints)
    try:
        spawn(work, arguments, nprocs=world)  # type: ignore[no-untyped-call]
    except ProcessRaisedException:
        if complaints.empty():
            raise
        raise UserError(complaints.get()) from None


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def work(
    rank: int,
    world: int,
    port: int,
    pairs: list[TrainingPair],
    run: Path,
    options: TrainingOptions,
    evaluate: Evaluation | None,
    complaints: SimpleQueue[str] | None = None,
) -> None:
    """What one process does; what it says of a `UserError` goes to `complaints` too."""
    if world > 1:
        end_with_parent()
        torch.set_num_threads(1)
        address = f"tcp://127.0.0.1:{port}"
        dist.init_process_group("gloo", init_method=address, rank=rank, world_size=world)
    try:
        Trainer(rank, world, pairs, run, options, evaluate).run_to_the_end()
    except UserError as error:
        if complaints:
            complaints.put(str(error))
        raise
    finally:
        if world > 1:
            dist.destroy_process_group()


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however that ended.

    Else the processes of a run that was killed would train on beside those that resume it.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()
