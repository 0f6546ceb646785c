"""Engines: how a pure function is applied to many inputs."""
