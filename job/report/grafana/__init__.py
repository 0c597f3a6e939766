"""Reads the dashboards' JSON and expands Grafana's macros."""
