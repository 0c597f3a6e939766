"""Queries: status, metrics, report, lineage, the summary of a first run, and outcomes for tracked bands."""
