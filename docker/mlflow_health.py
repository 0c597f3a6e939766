"""Check that MLflow can query its database: exit code 0, or a traceback in the container's health log."""

import urllib.request

QUERY = "http://127.0.0.1:5000/api/2.0/mlflow/registered-models/search?max_results=1"

with urllib.request.urlopen(QUERY, timeout=8) as answer:
    answer.read()
