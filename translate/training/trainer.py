"""One process of a training run: its model, optimisers and average, and where it stands."""

import json
import logging
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist

from corpora.errors import UserError
from corpora.files import written_whole
from translate.models import find_model
from translate.training.batches import TrainingSet
from translate.training.checkpoint import export, loaded_model, new_model, swapped
from translate.training.loss import SmoothedCrossEntropy
from translate.training.options import TrainingOptions
from translate.training.pairs import TrainingPair
from translate.training.vocabulary import Vocabulary

LOG = logging.getLogger(__name__)
VOCABULARY, STATE, FINAL, LAST = "vocabulary", "state.pt", "final", "last"  # in the folder of a run
LOG_EVERY = 50  # steps
AGREE_EVERY = 10  # steps after which the processes agree whether to save or to end
LONGEST_PAUSE = 10.0  # seconds of a step that count: a suspended run does not use up its schedule

Evaluation = Callable[[Path], dict[str, float]]


class Trainer:
    """One process of a run: model, optimisers, average, and where the run stands."""

    def __init__(
        self,
        rank: int,
        world: int,
        pairs: list[TrainingPair],
        run: Path,
        options: TrainingOptions,
        evaluate: Evaluation | None,
    ) -> None:
        """Prepare the run, or take up the state that an earlier one has left."""
        self.rank, self.world, self.run = rank, world, run
        self.options, self.evaluate = options, evaluate
        torch.manual_seed(options.seed)
        random.seed(options.seed)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.vocabulary = Vocabulary(run / VOCABULARY)
        self.data = TrainingSet(pairs, self.vocabulary, options.longest, options.seed)
        if not len(self.data):
            raise UserError(f"every pair has more than {options.longest} tokens")
        if (shown := round(float(self.data.weights.sum()), 6)) < 1:
            raise UserError(f"the weights add up to {shown:g}: an epoch shows less than one pair")
        self.model = self.start_model()
        bias = self.model.final_logits_bias[0, : self.vocabulary.pad]
        self.bias = bias if bias.any() else None
        self.parameters = [p for p in self.model.parameters() if p.requires_grad]
        self.average = [p.detach().clone() for p in self.parameters]
        self.optimisers = self.make_optimisers()
        self.step, self.epoch, self.batch, self.minute = 0, 0, 0, 0.0
        self.restore()
        self.log(pairs=len(self.data), too_long=self.data.left_out)
        if self.data.left_out and rank == 0:
            LOG.warning(
                "%d pairs have more than %d tokens on a side and are not trained on",
                *(self.data.left_out, options.longest),
            )

    def start_model(self) -> Any:
        """The model to train, on its device, with its dropout."""
        options = self.options
        model: Any = (
            loaded_model(find_model(options.start))
            if options.start
            else new_model(
                self.vocabulary,
                width=options.width,
                encoder=options.encoder,
                decoder=options.decoder,
                heads=options.heads,
                feed=options.feed,
            )
        )
        model.config.dropout = options.dropout
        for module in model.modules():
            if isinstance(getattr(module, "dropout", None), float):
                module.dropout = options.dropout
        model.set_attn_implementation("eager" if self.device == "cpu" else "sdpa")
        return model.to(self.device).train()

    def make_optimisers(self) -> list[tuple[Any, float]]:
        """Muon for the matrices inside the layers and AdamW for the rest, with their rates."""
        named = dict(self.model.named_parameters())
        inside = [
            p for n, p in named.items() if p.requires_grad and p.dim() == 2
            and "embed" not in n and "shared" not in n
        ]  # fmt: skip
        known = {id(p) for p in inside}
        rest = [p for p in self.parameters if id(p) not in known]
        options = self.options
        muon: dict[str, Any] = {
            "lr": options.matrix_rate,
            "weight_decay": options.decay,
            "momentum": 0.95,
            "adjust_lr_fn": "match_rms_adamw",
        }
        if self.world > 1:  # each process makes the steps of its share of the matrices
            from torch.distributed.optim import ZeroRedundancyOptimizer

            shared: Any = ZeroRedundancyOptimizer(inside, torch.optim.Muon, **muon)
        else:
            shared = torch.optim.Muon(inside, **muon)
        adam = torch.optim.AdamW(
            rest, lr=options.rate, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0
        )
        return [(shared, options.matrix_rate), (adam, options.rate)]

    def restore(self) -> None:
        """Take up the saved state, if there is one."""
        file = self.run / STATE
        if not file.exists():
            return
        state = torch.load(file, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        for (optimiser, _), saved in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        for mine, saved in zip(self.average, state["average"], strict=True):
            mine.copy_(saved)
        self.step, self.epoch, self.minute = state["step"], state["epoch"], state["minute"]
        # batches are larger the more processes share them
        self.batch = state["batch"] * state.get("world", self.world) // self.world
        torch.manual_seed(self.options.seed + self.step + self.rank)

    def run_to_the_end(self) -> None:
        """Train until the schedule is over; save now and then and at the end.

        A run whose schedule was over before is only saved again.
        """
        if self.step and self.progress() >= 1:
            self.save(FINAL)
            return
        total, count, logged, saved = 0.0, 0, time.time(), time.time()
        tick = time.time()
        for sources, targets in self.batches():
            loss, tokens = self.train_on(sources, targets)
            total, count = total + loss, count + tokens
            now = time.time()
            self.minute += min(now - tick, LONGEST_PAUSE) / 60
            tick = now
            done, save = self.agreed(now - saved > 60 * self.options.save_minutes)
            if self.step % LOG_EVERY == 0 or done:
                speed = self.world * count / max(1e-9, now - logged)
                self.log(loss=round(total / max(1, count), 4), tokens_per_second=round(speed))
                total, count, logged = 0.0, 0, now
            if done or save:
                self.save(FINAL if done else LAST)
                saved = tick = time.time()
            if done:
                return

    def batches(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """This process's part of every batch of every epoch, from where the run stands.

        Of a batch with fewer rows than there are processes, several get the same row: each has
        to take part in the step, and no pair is passed over.
        """
        while True:
            found = self.data.epoch(
                self.epoch, self.options.tokens * self.world, self.options.noise
            )
            for index, (sources, targets) in enumerate(found):
                if index < self.batch:
                    continue
                self.batch = index + 1
                mine = slice(self.rank % len(sources), None, self.world)
                yield torch.from_numpy(sources[mine]), torch.from_numpy(targets[mine])
            self.epoch, self.batch = self.epoch + 1, 0

    def agreed(self, save: bool) -> tuple[bool, bool]:
        """Whether the run is over and whether to save: what the first process says, for all.

        Steps are the same for all; of minutes, each has its own.
        """
        if self.options.steps and self.step >= self.options.steps:
            return True, False
        flags = torch.tensor([float(self.progress() >= 1), float(save)])
        if self.world > 1:
            if self.step % AGREE_EVERY:
                return False, False
            dist.broadcast(flags, 0)
        return bool(flags[0]), bool(flags[1])

    def progress(self) -> float:
        """Share of the schedule that is behind us."""
        return self.options.progress(self.step, self.minute)

    def factor(self) -> float:
        """Share of the full rates at this point of the schedule: up, level, down to 1 %."""
        options = self.options
        left = 1 - self.progress()
        down = min(1.0, left / options.cooldown) if options.cooldown else 1.0
        return min(1.0, (self.step + 1) / max(1, options.warmup)) * max(0.01, down)

    def train_on(self, sources: torch.Tensor, targets: torch.Tensor) -> tuple[float, int]:
        """One step on `(rows, length)` token numbers; give the summed loss and its tokens."""
        pad = self.vocabulary.pad
        sources, targets = sources.to(self.device), targets.to(self.device)
        before = torch.full_like(targets, pad)
        before[:, 1:] = targets[:, :-1]
        with torch.autocast(self.device, dtype=torch.bfloat16):
            states = self.model.model(
                input_ids=sources,
                attention_mask=(sources != pad).long(),
                decoder_input_ids=before,
                use_cache=False,
            ).last_hidden_state
        real = targets != pad
        tokens = int(real.sum())
        loss = SmoothedCrossEntropy.apply(  # type: ignore[no-untyped-call]
            states[real].to(torch.bfloat16),
            self.model.lm_head.weight,
            self.bias,
            targets[real],
            self.options.smoothing,
        )
        (loss / max(1, tokens)).backward()
        self.make_step()
        return float(loss.detach()), tokens

    def make_step(self) -> None:
        """Average the gradients over the processes, make a step, follow with the average."""
        gradients = [p.grad for p in self.parameters if p.grad is not None]
        if self.world > 1:
            flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
            dist.all_reduce(flat)
            flat /= self.world
            sizes = [gradient.numel() for gradient in gradients]
            for gradient, part in zip(gradients, torch.split(flat, sizes), strict=True):
                gradient.copy_(part.view_as(gradient))
        rest = self.optimisers[1][0].param_groups[0]["params"]
        torch.nn.utils.clip_grad_norm_(rest, 1.0)
        factor = self.factor()
        for optimiser, rate in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate * factor
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.step += 1
        keep = min(self.options.averaging, (1 + self.step) / (10 + self.step))
        torch._foreach_mul_(self.average, keep)
        torch._foreach_add_(self.average, [p.detach() for p in self.parameters], alpha=1 - keep)

    def save(self, name: str) -> None:
        """Export the averaged weights as `run/NAME`, save the state, and score the weights.

        In that order: a state that says that it is the end has its model beside it.
        """
        shared = self.optimisers[0][0]
        if self.world > 1:
            shared.consolidate_state_dict(to=0)
        if self.rank == 0:
            languages = ("en", "id") if self.options.reverse else ("id", "en")
            longest = self.options.longest - 8
            with swapped(self.parameters, self.average):
                export(self.model, self.vocabulary, self.run / name, longest, languages)
            state = {
                "model": self.model.state_dict(),
                "optimisers": [optimiser.state_dict() for optimiser, _ in self.optimisers],
                "average": self.average,
                "step": self.step,
                "epoch": self.epoch,
                "batch": self.batch,
                "minute": self.minute,
                "world": self.world,
                "saved": name,
            }
            with written_whole(self.run / STATE) as partial:
                torch.save(state, partial)
            if self.evaluate:
                self.log(**self.evaluate(self.run / name))
        if self.world > 1:
            dist.barrier()

    def log(self, **facts: float) -> None:
        """Append a line to `log.jsonl`."""
        if self.rank == 0:
            entry = {"step": self.step, "minute": round(self.minute, 2), **facts}
            with (self.run / "log.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
