"""Who has the word: shares over the session, turns, balance."""
