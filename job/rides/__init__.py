"""What a ride is, and where rides come from. Pure: frames in, frames out; neither PostgreSQL nor MLflow."""
