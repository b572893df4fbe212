"""The text: reading, cleaning, repairing, splitting and aligning Indonesian pages; corpora."""
