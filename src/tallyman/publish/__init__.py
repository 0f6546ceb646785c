"""Publish: rows to files. Each module writes one format and knows nothing of where the rows come from."""
