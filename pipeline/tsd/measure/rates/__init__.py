"""Rates that admit error: flagged, adjusted, audited, each with its interval."""
