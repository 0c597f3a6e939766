"""The MLflow registry: find, cache and load models safely; versions, aliases and tracking."""
