"""transformers and PyTorch: the reference engine, 16 bits on a GPU and float32 on a CPU."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from threading import Event, Lock
from typing import Any

from corpora.errors import UsageError, UserError
from translate.batching import batches, fitting, halved, smaller
from translate.engine import Decoded, Decoding, Stopped
from translate.model_files import AGAIN, first_line, incomplete, unreadable
from translate.models import Model
from translate.pulse import beat
from translate.quiet import quiet_libraries
from translate.tokens import tokens_of

LARGEST_LOGITS = 1 << 28  # numbers: 1 GB in float32


def half_precision() -> str:
    """The 16-bit format that the GPU computes in by itself: bfloat16 from Ampere on."""
    import torch

    major, _ = torch.cuda.get_device_capability()
    return "bfloat16" if major >= 8 else "float16"


class TorchEngine:
    """A transformers sequence-to-sequence model."""

    name = "torch"
    lanes = 2  # one decodes while the other prepares

    def __init__(self, model: Model, device: str = "auto", compute_type: str = "auto") -> None:
        """Load the checkpoint; only safetensors or weights-only loading, never remote code.

        Raises:
            UserError: a GPU was asked for and there is none, or the folder holds a CTranslate2
                model, which PyTorch cannot load.
        """
        import torch
        from transformers import AutoModelForSeq2SeqLM

        if model.converted:
            raise UserError(f"{model.name}: a CTranslate2 model folder; use --engine ct2")
        if device == "cuda" and not torch.cuda.is_available():
            raise UserError("--device cuda: PyTorch sees no CUDA device; use --device cpu")
        self.device = "cuda" if device != "cpu" and torch.cuda.is_available() else "cpu"
        formats = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
        if compute_type == "auto":
            compute_type = half_precision() if self.device == "cuda" else "float32"
        if compute_type not in formats:
            raise UsageError(f"compute type {compute_type!r}; torch has auto, {', '.join(formats)}")
        self.compute_type = compute_type
        try:
            with quiet_libraries():
                loaded, notes = AutoModelForSeq2SeqLM.from_pretrained(
                    model.folder,
                    dtype=formats[compute_type],
                    attn_implementation="sdpa",
                    trust_remote_code=False,
                    output_loading_info=True,
                )
        except unreadable() as error:
            raise UserError(
                f"{model.name}: cannot be loaded by transformers ({first_line(error)}); {AGAIN}"
            ) from None
        if unset := sorted(notes["missing_keys"]):
            raise UserError(incomplete(model.name, model.folder, f"no weights for {unset[0]}, ..."))
        self.model: Any = loaded.to(self.device).eval()
        self.lock, self.stopped = Lock(), Event()
        self.most_tokens = sys.maxsize
        tokens = tokens_of(model)
        self.number = tokens.ids()
        self.token = {number: token for token, number in self.number.items()}
        self.prefix = [self.number[token] for token in tokens.prefix]
        self.positions = model.positions - 1 - len(self.prefix)  # the first is that of the start
        config = self.model.config
        self.pad, self.end = int(config.pad_token_id), int(config.eos_token_id)
        self.unknown = self.number.get("<unk>", self.end)

    def release(self) -> None:
        """Give the memory of the GPU back; the next decoding takes it again."""
        self.model.to("cpu")
        self.freed()

    def freed(self) -> None:
        """Give back what PyTorch holds and does not use."""
        import torch

        if self.device == "cuda":
            torch.cuda.empty_cache()

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Decode every source; the order is kept. Several threads may call it, one goes on.

        Raises:
            Stopped: with the results by position; the batch under way ends with its next token.
        """
        found: dict[int, Decoded] = {}
        most = min(decoding.batch_tokens, self.most_tokens)
        for group in batches([len(source) for source in sources], most):
            batch = [sources[position] for position in group]
            try:
                decoded = self.decode_safely(batch, decoding)
            except Stopped:
                raise Stopped(found) from None
            found |= zip(group, decoded, strict=True)
            beat(len(group))
        return [found[position] for position in range(len(sources))]

    def decode_safely(self, batch: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Decode a batch; one that does not fit into memory is halved."""

        def decode(some: Sequence[Sequence[str]]) -> list[Decoded]:
            return self.decode_batch(some, decoding)

        with self.lock:
            found = fitting(batch, decode)
            if found is None:
                self.most_tokens = smaller(batch, self.most_tokens)
                found = halved(batch, decode, self.freed)
            return found

    def decode_batch(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Decode sources that are padded to one length: `(len(sources), longest)` token ids."""
        import torch
        from transformers import StoppingCriteriaList

        if self.stopped.is_set():
            raise Stopped({})
        self.model.to(self.device)
        rows = [[self.number.get(token, self.unknown) for token in source] for source in sources]
        ids, mask = self.padded(rows)
        limit = decoding.longest_output(ids.shape[1], self.positions)
        count = min(decoding.hypotheses, decoding.beam)
        with torch.inference_mode():
            sequences = self.model.generate(
                input_ids=ids,
                attention_mask=mask,
                num_beams=decoding.beam,
                num_return_sequences=count,
                repetition_penalty=decoding.repetition_penalty,
                no_repeat_ngram_size=decoding.no_repeat_ngram,
                do_sample=False,
                max_new_tokens=limit + len(self.prefix),
                length_penalty=1.0,
                early_stopping=False,
                forced_bos_token_id=self.prefix[0] if self.prefix else None,
                forced_eos_token_id=None,
                stopping_criteria=StoppingCriteriaList([self.wanted_no_more]),
            )
            if self.stopped.is_set():
                raise Stopped({})
            scores = self.scores(ids, mask, sequences, count)
        decoded = []
        for sequence, score in zip(sequences.tolist(), scores, strict=True):
            body = sequence[1 + len(self.prefix) :]
            done = self.end in body
            body = body[: body.index(self.end)] if done else body
            tokens = tuple(self.token[number] for number in body if number != self.pad)
            decoded.append(Decoded(tokens, score, not done))
        groups = (decoded[first : first + count] for first in range(0, len(decoded), count))
        return [replace(best, others=tuple(others)) for best, *others in groups]

    def wanted_no_more(self, sequences: Any, _scores: Any) -> Any:
        """Tell `generate` after each token, for every sequence, whether it shall end."""
        import torch

        stopped = self.stopped.is_set()
        return torch.full((len(sequences),), stopped, device=sequences.device, dtype=torch.bool)

    def padded(self, rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
        """Ids and attention mask on the device, `(len(rows), longest)` each."""
        import torch

        longest = max(map(len, rows))
        ids = torch.full((len(rows), longest), self.pad)
        mask = torch.zeros((len(rows), longest), dtype=torch.long)
        for row, numbers in enumerate(rows):
            ids[row, : len(numbers)] = torch.tensor(numbers)
            mask[row, : len(numbers)] = 1
        return ids.to(self.device), mask.to(self.device)

    def scores(self, ids: Any, mask: Any, sequences: Any, count: int) -> list[float]:
        """Mean log probability per token of each sequence, the end of sentence counted.

        One more pass over the finished output, in float32: the scores of every step that
        `generate` could keep take steps x beam x vocabulary numbers of GPU memory.

        Args:
            ids: of the sources, `(batch, source_length)`.
            mask: which of them are real.
            sequences: as `generate` gives them, `(batch * count, 1 + target_length)`.
            count: hypotheses of a source.
        """
        import torch

        inputs, targets = sequences[:, :-1], sequences[:, 1:]
        ends = (targets == self.end).cumsum(1)
        real = (ends == 0) | ((ends == 1) & (targets == self.end))
        real[:, : len(self.prefix)] = False
        size = int(self.model.config.vocab_size) * targets.shape[1]
        step = max(1, LARGEST_LOGITS // size)
        means = []
        for first in range(0, len(sequences), step):
            if self.stopped.is_set():
                raise Stopped({})
            here = slice(first, first + step)
            sources = torch.arange(len(sequences), device=ids.device)[here] // count
            logits = self.model(
                input_ids=ids[sources], attention_mask=mask[sources], decoder_input_ids=inputs[here]
            ).logits
            chosen = logits.gather(2, targets[here].unsqueeze(2)).squeeze(2).float()
            each = chosen - logits.float().logsumexp(2)
            kept = real[here]
            means.append(each.masked_fill(~kept, 0.0).sum(1) / kept.sum(1).clamp(min=1))
        return [float(score) for score in torch.cat(means).tolist()]
