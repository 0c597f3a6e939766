"""Reads and writes the raw tables."""
