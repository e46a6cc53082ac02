"""Who talks when: shares over the session, turns, balance."""
