"""Words by which a therapist hands the focus back to the client. Edit freely; lower case."""

# Turning to the client.
YOU: tuple[str, ...] = ("you", "your", "yours", "yourself", "yourselves", "u", "ya")

# Fillers that hold a "you" and turn to nobody: taken out before looking.
NOT_YOU: tuple[str, ...] = (
    "you know",
    "you see",
    "thank you",
    "you guys know",
    "you never know",
    "you name it",
    "see you",
    "mind you",
    "you get used to",
)

# Openings of a question where speech recognition wrote no question mark.
QUESTIONS: tuple[str, ...] = (
    "what",
    "how",
    "why",
    "when",
    "where",
    "who",
    "which",
    "do you",
    "did you",
    "are you",
    "were you",
    "have you",
    "can you",
    "could you",
    "would you",
    "will you",
    "is that",
    "is it",
    "was it",
    "was that",
    "does that",
    "does it",
)
