"""Queries for people: status, report, lineage and the summary of a first run."""
