"""Names of what looks wrong with a row of the corpus, each with a sentence for people."""

FLAGS: dict[str, str] = {
    "empty": "The source has words and the translation has none.",
    "cut-off": "The translation stops before its end: by the decoder's limit, or on a word or "
    "comma that ends no sentence.",
    "loop": "Words of the translation are said over and over, more often than in the source.",
    "copied": "Much of the translation is the Indonesian source itself.",
    "wrong-language": "The translation is not English.",
    "length-ratio": "The translation is far too short or far too long for its source.",
    "numbers-differ": "A number was lost, changed or invented, or differs from the reference.",
    "dates-differ": "A date was lost or changed.",
    "units-differ": "A unit was lost or changed, or a conversion was invented.",
    "names-lost": "A name of the source is not in the translation.",
    "quotation-lost": "The source quotes somebody and the translation does not, or the reverse.",
    "quotes-unbalanced": "A quotation mark of the translation lacks its other half.",
    "negation-differs": "One side denies what the other says.",
    "placeholder-lost": "An address, a tag or a variable did not come through as it stood.",
    "glossary-missed": "A term of the glossary stands in the source, its English does not in the "
    "translation.",
    "near-duplicate": "The article says what an earlier article says.",
    "duplicate-sentence": "The same source sentence stands in an earlier row.",
}
OF_SOURCE = frozenset({"near-duplicate", "duplicate-sentence"})  # all others are of the translation
