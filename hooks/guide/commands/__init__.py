"""The top floor: what `python -m guide VERB` does."""
