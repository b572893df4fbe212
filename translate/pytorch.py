"""transformers and PyTorch: the reference engine, bfloat16 on a GPU and float32 on a CPU."""

from collections.abc import Sequence
from typing import Any

from corpora.errors import UserError
from translate.batching import batches
from translate.engine import Decoded, Decoding
from translate.models import Model
from translate.quiet import quiet_libraries
from translate.tokens import tokens_of


class TorchEngine:
    """A transformers sequence-to-sequence model."""

    name = "torch"

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
            compute_type = "bfloat16" if self.device == "cuda" else "float32"
        if compute_type not in formats:
            raise UserError(f"compute type {compute_type!r}; torch has auto, {', '.join(formats)}")
        self.compute_type = compute_type
        try:
            with quiet_libraries():
                loaded = AutoModelForSeq2SeqLM.from_pretrained(
                    model.folder, dtype=formats[compute_type], trust_remote_code=False
                )
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).split("\n")[0][:200]
            raise UserError(f"{model.name}: cannot be loaded by transformers ({reason})") from None
        self.model: Any = loaded.to(self.device).eval()
        tokens = tokens_of(model)
        self.number = tokens.ids()
        self.token = {number: token for token, number in self.number.items()}
        self.prefix = [self.number[token] for token in tokens.prefix]
        config = self.model.config
        self.pad, self.end = int(config.pad_token_id), int(config.eos_token_id)
        self.unknown = self.number.get("<unk>", self.end)

    def decode(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Decode every source; the order is kept."""
        results: list[Decoded | None] = [None] * len(sources)
        for group in batches([len(source) for source in sources], decoding.batch_tokens):
            found = self.decode_batch([sources[position] for position in group], decoding)
            for position, decoded in zip(group, found, strict=True):
                results[position] = decoded
        return [result for result in results if result is not None]

    def decode_batch(self, sources: Sequence[Sequence[str]], decoding: Decoding) -> list[Decoded]:
        """Decode sources that are padded to one length: `(len(sources), longest)` token ids."""
        import torch

        rows = [[self.number.get(token, self.unknown) for token in source] for source in sources]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [self.pad] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        limit = decoding.longest_output(longest)
        with torch.inference_mode():
            output = self.model.generate(
                input_ids=ids.to(self.device),
                attention_mask=mask.to(self.device),
                num_beams=decoding.beam,
                do_sample=False,
                max_new_tokens=limit + len(self.prefix),
                length_penalty=1.0,
                early_stopping=False,
                forced_bos_token_id=self.prefix[0] if self.prefix else None,
                forced_eos_token_id=None,
                output_scores=True,
                return_dict_in_generate=True,
            )
        scores = self.scores(output, decoding.beam)
        decoded = []
        for sequence, score in zip(output.sequences.tolist(), scores, strict=True):
            body = sequence[1 + len(self.prefix) :]
            done = self.end in body
            body = body[: body.index(self.end)] if done else body
            tokens = tuple(self.token[number] for number in body if number != self.pad)
            decoded.append(Decoded(tokens, score, not done))
        return decoded

    def scores(self, output: Any, beam: int) -> list[float]:
        """Mean log probability per token of each sequence."""
        import torch

        if beam > 1:
            return [float(score) for score in output.sequences_scores]
        steps: torch.Tensor = self.model.compute_transition_scores(
            output.sequences, output.scores, normalize_logits=True
        )
        real = output.sequences[:, -steps.shape[1] :] != self.pad
        total = steps.masked_fill(~real, 0.0).sum(1) / real.sum(1).clamp(min=1)
        return [float(score) for score in total]
