"""The City's records: files, downloads and its API; CSV, JSON, Parquet; the older export."""
