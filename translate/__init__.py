"""Indonesian-to-English translation: models, engines, the pipeline and the command."""
