"""Statistics in, observations out: one file per source, one catalogue of who publishes."""
