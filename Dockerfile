# The job's image and, with `--target mlflow`, the MLflow server's. Both run with a read-only root: they write only to
# /tmp and to one volume each.

FROM golang:1.26 AS supercronic
RUN CGO_ENABLED=0 go install -trimpath -ldflags="-s -w" github.com/aptible/supercronic@v0.2.48


FROM python:3.11-slim-bookworm AS mlflow-packages
COPY requirements-server.lock /tmp/
RUN python -m venv --without-pip /opt/venv \
 && pip --python /opt/venv/bin/python install --no-cache-dir --require-hashes --only-binary :all: \
    -r /tmp/requirements-server.lock


FROM python:3.11-slim-bookworm AS mlflow
COPY --from=mlflow-packages /opt/venv /opt/venv
# A fresh volume takes its owner from this folder.
RUN useradd --uid 10002 --no-create-home --home-dir /tmp mlflow \
 && install -d -o mlflow -g mlflow -m 700 /var/lib/mlflow
COPY docker/mlflow.sh docker/mlflow_server.py docker/mlflow_health.py /app/
ENV PATH=/opt/venv/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 MLFLOW_DISABLE_TELEMETRY=true DO_NOT_TRACK=true
USER 10002
WORKDIR /tmp
EXPOSE 5000
CMD ["/app/mlflow.sh"]
HEALTHCHECK --interval=10s --timeout=10s --start-period=90s --retries=6 CMD ["python", "/app/mlflow_health.py"]
LABEL org.opencontainers.image.title="MLflow server of Chicago taxi rides, scored" \
      org.opencontainers.image.licenses="MIT"


FROM python:3.11-slim-bookworm AS job-packages
COPY requirements-image.lock /tmp/
# Only wheels, so no compiler is needed. The packages' own tests (95 MB) are removed, and so is dbt's command, because the
# image's own `dbt` takes the job's lock.
RUN python -m venv --without-pip /opt/venv \
 && pip --python /opt/venv/bin/python install --no-cache-dir --require-hashes --only-binary :all: \
    -r /tmp/requirements-image.lock \
 && find /opt/venv/lib/python3.11/site-packages/matplotlib /opt/venv/lib/python3.11/site-packages/numpy \
    /opt/venv/lib/python3.11/site-packages/pandas /opt/venv/lib/python3.11/site-packages/pyarrow \
    /opt/venv/lib/python3.11/site-packages/scipy /opt/venv/lib/python3.11/site-packages/sklearn \
    -type d -name tests -prune -exec rm -r {} + \
 && rm /opt/venv/bin/dbt


FROM python:3.11-slim-bookworm AS job
COPY --from=supercronic /go/bin/supercronic /usr/local/bin/
COPY --from=job-packages /opt/venv /opt/venv
RUN useradd --uid 10001 --no-create-home --home-dir /tmp taxi \
 && install -d -o taxi -g taxi -m 700 /var/lib/taxi
WORKDIR /app
COPY docker/dbt /usr/local/bin/
COPY crontab pyproject.toml ./
COPY docker ./docker/
COPY job ./job/
COPY dbt_project ./dbt_project/
# `report` draws the dashboards' panels.
COPY grafana/dashboards ./grafana/dashboards/
RUN supercronic -test crontab && python3 -m compileall -q job
ARG CODE_VERSION=
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp TAXI_HOME=/tmp/taxi MODEL_CACHE=/var/lib/taxi/models LOG_FORMAT=json \
    GIT_PYTHON_REFRESH=quiet CODE_VERSION=$CODE_VERSION
USER 10001
EXPOSE 9696
CMD ["docker/start.sh"]
# Whether a scoring run succeeded within UNHEALTHY_AFTER minutes.
HEALTHCHECK --interval=20s --timeout=15s --start-period=3m --retries=5 \
    CMD ["env", "CONNECT_WAIT=5", "python", "-m", "job", "status"]
LABEL org.opencontainers.image.title="Chicago taxi rides, scored" \
      org.opencontainers.image.description="Scheduled batch scoring: MLflow model in, PostgreSQL predictions and dbt marts out" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.revision=$CODE_VERSION
