"""Both engines, on a Marian, an NLLB and an M2M100 checkpoint, against transformers itself."""

import math
from itertools import pairwise
from pathlib import Path

import pytest

from corpora.errors import UserError
from scripts.engine_systems import engine_of, random_checkpoint
from translate.engine import Decoding, load_engine
from translate.models import BUNDLED, find_model, from_folder
from translate.quiet import quiet_libraries
from translate.tokens import tokens_of
from translate.translator import Translator

GREEDY = Decoding(beam=1)
SENTENCES = [
    "Presiden tiba di ibu kota pada hari Selasa.",
    "Harga beras naik 4,8 persen.",
    "“Kami siap,” katanya.",
]


def gate_sentences() -> list[str]:
    lines = (Path(__file__).parent / "cases" / "gate.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines]


def generated(model_class, folder, tokenizer, beam, **options):
    """The oracle: transformers' own tokenizer, one sentence at a time, no padding."""
    import torch

    with quiet_libraries():
        model = model_class.from_pretrained(folder, dtype=torch.float32).eval()
    outputs = []
    for sentence in SENTENCES:
        batch = tokenizer(sentence, return_tensors="pt")
        limit = GREEDY.longest_output(batch["input_ids"].shape[1], 512) + len(options)
        ids = model.generate(
            **batch, num_beams=beam, max_new_tokens=limit, early_stopping=False, **options
        )
        outputs += tokenizer.batch_decode(ids, skip_special_tokens=True)
    return outputs


def ours(model, engine, beam):
    translator = Translator.load(
        str(model),
        engine=engine,
        device="cpu",
        compute_type="float32",
        decoding=Decoding(beam),
        ladder=False,  # random weights loop, and what is suspect would be decoded otherwise
    )
    # one at a time: the length limit of a batch is that of its longest sentence
    return [translator.translate([sentence])[0].text for sentence in SENTENCES]


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize("engine", ["ct2", "torch"])
@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_marian_gives_what_transformers_gives(engine, beam):
    from transformers import MarianMTModel, MarianTokenizer

    tokenizer = MarianTokenizer.from_pretrained(BUNDLED)
    assert ours("bundled", engine, beam) == generated(MarianMTModel, BUNDLED, tokenizer, beam)


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_nllb_gives_what_transformers_gives(engine, tiny_nllb):
    from transformers import AutoTokenizer, M2M100ForConditionalGeneration

    tokenizer = AutoTokenizer.from_pretrained(tiny_nllb, src_lang="ind_Latn")
    english = tokenizer.convert_tokens_to_ids("eng_Latn")
    expected = generated(
        M2M100ForConditionalGeneration, tiny_nllb, tokenizer, 1, forced_bos_token_id=english
    )
    assert ours(tiny_nllb, engine, 1) == [text.strip() for text in expected]


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_m2m100_gives_what_transformers_gives(engine, tiny_m2m100):
    from transformers import AutoTokenizer, M2M100ForConditionalGeneration

    tokenizer = AutoTokenizer.from_pretrained(tiny_m2m100, src_lang="id")
    english = tokenizer.get_lang_id("en")
    expected = generated(
        M2M100ForConditionalGeneration, tiny_m2m100, tokenizer, 1, forced_bos_token_id=english
    )
    assert ours(tiny_m2m100, engine, 1) == [text.removeprefix("__en__") for text in expected]


def test_the_engines_agree_on_the_bundled_model():
    sentences = gate_sentences()[:200]
    assert len(sentences) == 200
    model = find_model("bundled")
    sources = tokens_of(model).encode(sentences)
    fast = load_engine(model, "ct2", "cpu", "float32").decode(sources, GREEDY)
    slow = load_engine(model, "torch", "cpu", "float32").decode(sources, GREEDY)
    same = [a.tokens == b.tokens for a, b in zip(fast, slow, strict=True)]
    assert sum(same) >= 0.95 * len(same)
    for a, b in zip(fast, slow, strict=True):
        if a.tokens == b.tokens:
            assert math.isclose(a.score, b.score, abs_tol=2e-3)
            assert a.cut == b.cut


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_the_batch_does_not_change_the_result(engine):
    translator = Translator.load("bundled", engine=engine, device="cpu", compute_type="float32")
    together = translator.translate(SENTENCES)
    alone = [translator.translate([sentence])[0] for sentence in SENTENCES]
    assert [translation.text for translation in together] == [one.text for one in alone]
    for one, other in zip(together, alone, strict=True):
        assert math.isclose(one.score, other.score, abs_tol=2e-3)


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_an_output_at_its_limit_is_marked(engine, tiny_nllb):
    short = Decoding(beam=1, length_factor=0, length_offset=3)
    model = find_model(str(tiny_nllb))
    source = tokens_of(model).encode(SENTENCES[:1])
    (result,) = load_engine(model, engine, "cpu", "float32").decode(source, short)
    assert result.cut and len(result.tokens) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "marian"}, "there are auto, ct2, torch"),
        ({"device": "tpu"}, "there are auto, cpu, cuda"),
        ({"engine": "ct2", "compute_type": "int3"}, "expected auto, int8"),
        ({"engine": "torch", "compute_type": "int8"}, "torch has auto"),
    ],
)
def test_an_unknown_choice_names_the_known_ones(options, message):
    with pytest.raises(UserError, match=message):
        load_engine(find_model("bundled"), **options)


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_a_gpu_that_is_not_there_is_an_error_and_no_fallback(engine):
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    with pytest.raises(UserError, match="no CUDA device; use --device cpu"):
        load_engine(find_model("bundled"), engine, "cuda")


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_further_hypotheses_come_best_first_and_cost_the_best_nothing(engine):
    loaded = Translator.load("bundled", engine=engine, device="cpu", compute_type="float32")
    sources = loaded.tokens.encode(SENTENCES)
    best = loaded.engine.decode(sources, Decoding(beam=3))
    several = loaded.engine.decode(sources, Decoding(beam=3, hypotheses=3))
    assert [found.tokens for found in several] == [found.tokens for found in best]
    for found in several:
        scores = [found.score, *(other.score for other in found.others)]
        assert len(scores) == 3 and scores == sorted(scores, reverse=True)
        assert len({found.tokens, *(other.tokens for other in found.others)}) == 3
    assert all(not found.others for found in best)


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_a_run_of_tokens_that_may_stand_once_stands_once(engine):
    loaded = Translator.load("bundled", engine=engine, device="cpu", compute_type="float32")
    sources = loaded.tokens.encode(["ha ha ha ha ha ha ha ha ha ha", *SENTENCES])
    for found in loaded.engine.decode(sources, Decoding(repetition_penalty=1.2, no_repeat_ngram=2)):
        runs = list(pairwise(found.tokens))
        assert len(runs) == len(set(runs))


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """A Marian checkpoint with 512 positions that never ends a sentence."""
    folder = tmp_path_factory.mktemp("endless") / "model"
    return random_checkpoint(folder, width=64, layers=1, hidden=64, pieces=8002)


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_an_output_that_loops_ends_at_the_last_position(endless, tmp_path, engine):
    """Beyond it CTranslate2 and PyTorch fail, and with them the run."""
    model = from_folder("endless", endless)
    if engine == "ct2":
        _, loaded = engine_of(endless, tmp_path, "int8", "cpu")
    else:
        loaded = load_engine(model, engine, "cpu")
    tokens = tokens_of(model)
    (source,) = tokens.encode(["rumah " * 300])
    assert 260 < len(source) < 512
    (found,) = loaded.decode([source], Decoding(beam=1))
    assert found.cut and len(found.tokens) == 511
