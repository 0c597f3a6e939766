"""Draws the panels with Plotly and as HTML."""
