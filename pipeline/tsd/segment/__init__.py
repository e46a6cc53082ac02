"""From sessions to spaCy Docs: utterances, sentence-like units, cues."""
