"""The City's records: where they come from, the formats they are written in, and the rides in them."""
