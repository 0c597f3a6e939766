"""Scheduled batch scoring of Chicago taxi rides."""
