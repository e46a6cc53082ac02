"""Tables of utterances: delimited text, spreadsheets, JSON."""
