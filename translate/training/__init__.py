"""Training and fine-tuning of small Marian models, on CPU cores or one GPU."""
