"""The measurements behind the published figures, one command each; `make bench` runs all but bench.workers."""
