"""The dashboards' panels as one web page."""
