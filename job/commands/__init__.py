"""One file per command, named after it; only here do the stages meet."""

COMMANDS = {
    "score": "score every window that is owed, or real records with --trips",
    "rescore": "let another version of the model predict past rides",
    "tick": "what the schedule runs: score, observe, then refresh the marts",
    "observe": "write the true durations that have become known",
    "export": "a table to train a model of your own on",
    "train": "fit a model, register it, promote it if it is better than production",
    "promote": "make a version the production model",
    "rollback": "go back to the production model before this one",
    "replay": "parse and score rejected records again, after a fix",
    "explain": "where a ride's prediction came from",
    "status": "last success, what is owed, counts, model; exit 1 when unhealthy",
    "report": "the dashboards' panels as one web page",
    "dbt": "run dbt on the job's own connection and under its lock; dbt's own arguments and --help",
    "init-db": "create or upgrade roles and the raw schema",
    "calibrate": "compute a simulator profile from real trips",
    "simulate": "write simulated trips in the City's schema",
    "quickstart": "what `make run` does: set everything up, run once, print what happened",
    "live": "what `make live` does: a tick every two minutes until Ctrl-C",
    "psql": "open the database, reading only; psql's own arguments and --help",
}
