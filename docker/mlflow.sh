#!/bin/sh
# The MLflow server: proxied artifacts, one worker, and no job runners, which would take another gigabyte of memory.
set -eu
export MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false
# Uploads pass through temporary files. They go to the volume, because /tmp is in memory.
export TMPDIR=/var/lib/mlflow/tmp
rm -rf "$TMPDIR"
mkdir -p "$TMPDIR"
exec python /app/mlflow_server.py server --host 0.0.0.0 --port 5000 --workers 1 \
    --backend-store-uri "$BACKEND_STORE_URI" \
    --serve-artifacts --artifacts-destination /var/lib/mlflow/artifacts \
    --allowed-hosts "$ALLOWED_HOSTS" --uvicorn-opts "--no-access-log"
