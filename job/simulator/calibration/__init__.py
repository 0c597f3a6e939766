"""Computes a simulator profile from real trips."""
