"""Speaker-labeled text."""
