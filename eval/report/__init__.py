"""The page that shows runs: read from the files of a run folder, packed, drawn and written."""
