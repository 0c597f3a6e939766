#!/bin/sh
# The job's container: one tick immediately, then the schedule. A failed tick shows in the log and in `status`.
set -u

timeout -k 15 300 python -m job tick &
tick=$!
trap 'kill -TERM "$tick" 2>/dev/null; wait "$tick"; exit 143' TERM INT
wait "$tick"
trap - TERM INT
# As process 1, supercronic reaps orphans. Under an init it cannot, and would warn about it.
[ $$ = 1 ] || set -- -no-reap
exec supercronic "$@" -json -passthrough-logs -prometheus-listen-address 0.0.0.0:9696 crontab
