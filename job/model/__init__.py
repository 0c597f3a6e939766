"""The model: its inputs, and how it is fitted, evaluated, compared and used. Pure: no MLflow, no PostgreSQL."""
