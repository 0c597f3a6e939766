"""The ways to make the project one's own, followed as the docs describe them."""

from tests.commands.conftest import clean_environment, clock, job

__all__ = ["clean_environment", "clock", "job"]
