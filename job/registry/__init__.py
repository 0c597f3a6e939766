"""The MLflow registry: find, cache, load, promote and log models."""
