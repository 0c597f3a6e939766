"""Rides: parsing, validation, duplicates, identity and zones. Pure: no PostgreSQL, no MLflow."""
