"""Whether MLflow answers from its database: exit code 0, or a traceback in the container's health log."""

import urllib.request

ASKED = "http://127.0.0.1:5000/api/2.0/mlflow/registered-models/search?max_results=1"

with urllib.request.urlopen(ASKED, timeout=8) as answer:
    answer.read()
