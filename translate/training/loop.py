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
from pathlib import Path
from threading import Thread

import torch
import torch.distributed as dist

from corpora.errors import UserError
from corpora.files import core_count, written_whole
from translate.models import find_model
from translate.training.options import TrainingOptions
from translate.training.pairs import TrainingPair
from translate.training.trainer import VOCABULARY, Evaluation, Trainer
from translate.training.vocabulary import copy_vocabulary, train_vocabulary

PROCESS_SETTINGS = {  # read by OpenMP and glibc when a process starts
    "OMP_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": "17179869184",
    "MALLOC_MMAP_THRESHOLD_": "17179869184",
}


def train(
    pairs: Sequence[TrainingPair],
    run: Path,
    options: TrainingOptions,
    evaluate: Evaluation | None = None,
) -> Path:
    """Train, or go on with, a run; give the folder of the finished model, `run/final`.

    Args:
        pairs: cleaned.
        run: folder of `state.pt`, `last/` (the newest averaged weights), `final/`, `log.jsonl`.
        options: how to train; those of a run that is resumed must be the same but for `minutes`.
        evaluate: scores a checkpoint folder whenever one is saved; picklable.

    Raises:
        UserError: nothing to train on, or the run folder holds a run with other options.
    """
    if not pairs:
        raise UserError("no pair to train on is left; look at the filters' counts")
    run.mkdir(parents=True, exist_ok=True)
    check_options(run / "options.json", options)
    vocabulary = run / VOCABULARY
    if not vocabulary.exists():
        if options.start:
            copy_vocabulary(find_model(options.start), vocabulary)
        else:
            train_vocabulary(pairs, vocabulary, options.vocabulary)
    world = 1 if torch.cuda.is_available() else options.processes or core_count()
    os.environ.update({name: value for name, value in PROCESS_SETTINGS.items() if world > 1})
    arguments = (world, free_port(), list(pairs), run, options, evaluate)
    if world == 1:
        work(0, *arguments)
    else:
        from torch.multiprocessing.spawn import spawn

        spawn(work, arguments, nprocs=world)  # type: ignore[no-untyped-call]
    return run / "final"


def check_options(file: Path, options: TrainingOptions) -> None:
    """Note the options of a run, or compare them with those it was begun with."""
    wanted = asdict(options)
    if not file.exists():
        with written_whole(file) as partial:
            partial.write_text(json.dumps(wanted, indent=2), encoding="utf-8")
        return
    known = json.loads(file.read_text(encoding="utf-8"))
    free = {"minutes", "steps", "processes", "save_minutes", "cooldown"}
    changed = [name for name in wanted if wanted[name] != known.get(name) and name not in free]
    if changed:
        raise UserError(f"{file.parent}: begun with another {', '.join(changed)}; use a new folder")


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
) -> None:
    """What one process does."""
    if world > 1:
        end_with_parent()
        torch.set_num_threads(1)
        address = f"tcp://127.0.0.1:{port}"
        dist.init_process_group("gloo", init_method=address, rank=rank, world_size=world)
    try:
        Trainer(rank, world, pairs, run, options, evaluate).run_to_the_end()
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
