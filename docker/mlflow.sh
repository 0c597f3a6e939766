#!/bin/sh
# The MLflow server: artifacts through it (proxied), one worker, no job runners (they take a gigabyte more).
set -eu
export MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false
# An upload passes through a temporary file: on the volume, because /tmp is memory.
export TMPDIR=/var/lib/mlflow/tmp
rm -rf "$TMPDIR"
mkdir -p "$TMPDIR"
exec python /app/mlflow_server.py server --host 0.0.0.0 --port 5000 --workers 1 \
    --backend-store-uri "$BACKEND_STORE_URI" \
    --serve-artifacts --artifacts-destination /var/lib/mlflow/artifacts \
    --allowed-hosts "$ALLOWED_HOSTS" --uvicorn-opts "--no-access-log"
