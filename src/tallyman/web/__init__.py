"""The pages and the API: a published copy of a ledger, read by people and by scripts alike."""
