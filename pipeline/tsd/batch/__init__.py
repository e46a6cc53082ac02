"""Many sessions at once: which files, in which processes, written where."""
