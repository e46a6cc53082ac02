"""Numbers from Docs: frequency, length, talk time, focus; pure functions over columns."""
