"""Whether a converted model is the model it was made from, token by token.

The converted model decodes a built-in sample greedily; the original, given the same beginnings,
says at every place which token it would choose. Agreement counted so does not fall because two
equally good translations part early, and it needs one pass of the original.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.errors import UserError
from translate.models import Model
from translate.tokens import Tokens, tokens_of

FLOOR = 0.95  # int8 keeps 0.97-1.0 on the models tried; a conversion gone wrong falls below 0.5
LONGEST = 64  # tokens decoded for a sentence
SAMPLE = (
    "Presiden tiba di ibu kota pada hari Selasa untuk membahas perdagangan.",
    "Harga beras naik 4,8 persen menjadi Rp 14.500 per kilogram.",
    "“Kami belum menerima laporan itu,” kata juru bicara kementerian.",
    "Gempa berkekuatan 5,6 mengguncang pulau itu, tetapi tidak ada korban jiwa.",
    "Menurut polisi, tiga orang ditangkap di dekat stasiun kereta.",
    "Mereka akan bertemu lagi bulan depan, setelah pemilihan umum selesai.",
    "Perusahaan itu mempekerjakan sekitar 2.300 orang di lima negara.",
    "Apakah anak-anak sudah kembali ke sekolah?",
    "Hujan deras menyebabkan banjir di beberapa desa di Jawa Tengah.",
    "Para ilmuwan menemukan spesies katak baru di hutan Sulawesi.",
    "Ia lahir pada 17 Agustus 1962 dan dibesarkan oleh neneknya.",
    "Bank sentral mempertahankan suku bunga acuan pada 6 persen.",
    "Tim tamu menang 2-1 berkat gol pada menit terakhir.",
    "Pemerintah membantah bahwa perjanjian itu telah ditandatangani.",
    "Rumah sakit tersebut merawat 48 pasien, sebagian besar lansia.",
    "Jalan menuju bandara ditutup selama dua jam.",
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two engines agree on the sample.

    Attributes:
        same: tokens that both choose.
        tokens: all tokens, ends of sentence included.
    """

    same: int
    tokens: int

    @property
    def share(self) -> float:
        """In [0, 1]; 1 where there is nothing to compare."""
        return self.same / self.tokens if self.tokens else 1.0


def agreement(model: Model, converted: Path, quantization: str) -> Agreement:
    """Compare a converted folder with the checkpoint it was made from, on the CPU.

    A CPU computes in float32 with weights that are stored in half precision.
    """
    compute_type = "int8_float32" if quantization == "int8" else "float32"
    tokens = tokens_of(model)
    sources = tokens.encode(list(SAMPLE))
    chosen = decoded(converted, compute_type, sources, list(tokens.prefix))
    wanted = forced(model, tokens, sources, chosen)
    pairs = [
        pair
        for mine, theirs in zip(chosen, wanted, strict=True)
        for pair in zip(mine, theirs, strict=True)
    ]
    return Agreement(sum(mine == theirs for mine, theirs in pairs), len(pairs))


def decoded(
    converted: Path, compute_type: str, sources: Sequence[Sequence[str]], prefix: list[str]
) -> list[list[str]]:
    """What the converted model says, greedily, without the target tag, the end of sentence last."""
    import ctranslate2

    translator: Any = ctranslate2.Translator(
        str(converted), device="cpu", compute_type=compute_type, intra_threads=1
    )
    results = translator.translate_batch(
        [list(source) for source in sources],
        target_prefix=[prefix] * len(sources) if prefix else None,
        beam_size=1,
        max_decoding_length=LONGEST,
        return_end_token=True,
    )
    return [list(result.hypotheses[0][len(prefix) :]) for result in results]


def forced(
    model: Model, tokens: Tokens, sources: Sequence[Sequence[str]], chosen: Sequence[Sequence[str]]
) -> list[list[str]]:
    """The token the checkpoint would choose at every place of `chosen`, given what is before it."""
    import torch

    from translate.pytorch import TorchEngine

    engine = TorchEngine(model, "cpu", "float32")
    numbers = tokens.ids()
    start = [int(engine.model.config.decoder_start_token_id)]
    start += [numbers[token] for token in tokens.prefix]
    found = []
    with torch.inference_mode():
        for source, target in zip(sources, chosen, strict=True):
            before = start + [numbers[token] for token in target[:-1]]
            logits = engine.model(
                input_ids=torch.tensor([[numbers.get(t, engine.unknown) for t in source]]),
                decoder_input_ids=torch.tensor([before]),
            ).logits[0, len(start) - 1 :]  # (target_length, vocabulary)
            best = logits.argmax(-1).tolist()
            found.append([engine.token.get(number, "") for number in best])
    return found


def require_agreement(model: Model, converted: Path, quantization: str) -> Agreement:
    """Compare, and refuse a conversion that says something else.

    Raises:
        UserError: fewer than `FLOOR` of the tokens agree.
    """
    found = agreement(model, converted, quantization)
    if found.share < FLOOR:
        cure = "--engine torch" if quantization == "float32" else "--compute-type float32"
        raise UserError(
            f"{model.name}: converted to {quantization} it agrees with the original on only "
            f"{100 * found.share:.1f} % of {found.tokens} tokens (at least {100 * FLOOR:.0f} % "
            f"expected); the conversion is refused; use {cure}"
        )
    return found
