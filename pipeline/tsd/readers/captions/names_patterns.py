"""What stands in the names of speakers. Edit freely; lower case."""

# fmt: off

# Parts of names that are written with a small letter: "Anna van der Berg".
PARTICLES: frozenset[str] = frozenset(
    {
        "van", "von", "de", "der", "den", "di", "da", "del", "della", "du", "la", "le", "al", "el",
        "bin", "ben", "ibn", "y", "zu", "ter", "ten", "dos", "das", "and", "und",
    }
)
