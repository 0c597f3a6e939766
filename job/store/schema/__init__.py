"""Roles, the numbered migrations of the raw schema, and grants."""
