"""How alike English passages are: cosine of weighted character and word n-grams.

Features after the project's alignment measurements: character 2-5-grams inside words plus word
1-2-grams at half weight, 1 + log tf, inverse document frequency over all passages of the batch,
unit length. Numbers in Indonesian and English notation are made one before.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
DECIMAL = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
WORD_WEIGHT = 0.5
BUCKETS = 2**20


def folded(text: str) -> str:
    """Lower case, straight quotes, thousands without separators, decimals with a point.

    >>> folded("“4,8 juta” of 10.000")
    '"4.8 juta" of 10000'
    """
    text = re.sub("[“”]", '"', re.sub("[‘’]", "'", text)).casefold()
    return DECIMAL.sub(".", GROUPED.sub("", text))


def vectors(passages: Sequence[str]) -> Any:
    """Sparse matrix `(passages, features)`, rows of unit length (zero for an empty passage)."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

    texts = [folded(passage) for passage in passages]
    plain = {"n_features": BUCKETS, "norm": None, "alternate_sign": False, "lowercase": False}
    characters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), **plain)
    in_words = HashingVectorizer(token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), **plain)
    weighing = {"sublinear_tf": True, "norm": None, "smooth_idf": True}
    parts = [
        TfidfTransformer(**weighing).fit_transform(characters.transform(texts)),
        TfidfTransformer(**weighing).fit_transform(in_words.transform(texts)) * WORD_WEIGHT,
    ]
    joined = hstack(parts).tocsr()
    lengths = np.sqrt(np.asarray(joined.multiply(joined).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return joined.multiply(1 / lengths[:, None]).tocsr()


def cosines(left: Any, right: Any) -> npt.NDArray[np.float64]:
    """Dense matrix `(left rows, right rows)` of cosines between unit vectors, in [0, 1]."""
    product: npt.NDArray[np.float64] = np.asarray((left @ right.T).todense(), dtype=np.float64)
    return product
