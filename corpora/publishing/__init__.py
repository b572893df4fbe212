"""Publishing a corpus: shards, splits, formats, card, licences, privacy, leaks and the push."""
