"""Words by which a therapist turns to the client. Edit freely; lower case.

`tsd.segment.phrases` says what the signs in a phrase mean.
"""

# fmt: off

# Fillers and phrases that hold a "you" and turn to nobody: taken out before looking.
NOT_YOU: tuple[str, ...] = (
    "you know", "you see", "thank you", "you never know", "you name it", "mind you",
    "see you next", "see you then", "see you later", "see you soon", "you get used to",
)

# A "you" that means anybody, as in "when you lose a parent you just keep going": taken out too.
ANYBODY: tuple[str, ...] = (
    "you can't help", "you cannot help", "you'd think", "you would think", "you never think",
    "you always think", "you grow up thinking", "you learn to", "you get older", "the older you",
    "the more you", "when you're young", "when you're a kid", "when you're a child",
    "when you're little", "when you're a teenager", "when you're a parent", "when you become a",
    "when you have kids", "when you have children", "when you have a baby", "when you lose a",
    "when you lose your", "when you lose somebody", "when you lose someone", "you wake up one day",
    "what you'd call", "what you might call", "what you would call", "you just keep going",
    "you just get on with it", "you just do it", "you just get through it",
)

# Openings of a question where speech recognition wrote no question mark.
QUESTIONS: tuple[str, ...] = (
    "what is", "what's", "what was", "what are", "what were", "what do", "what did",
    "what does", "what would", "what will", "what about", "what made", "what kind", "what else",
    "how is", "how was", "how are", "how were", "how do", "how did", "how does", "how would",
    "how about", "how long", "how often", "how many", "how come", "why is", "why was", "why do",
    "why did", "why does", "why not", "when is", "when was", "when do", "when did", "where is",
    "where was", "where are", "where do", "where did", "who is", "who's", "who was", "who do",
    "who did", "which one", "which of", "do you", "did you", "are you", "were you", "have you",
    "has he", "has she", "has it", "can you", "could you", "would you", "will you", "is that",
    "is it", "is there", "was it", "was that", "was there", "does that", "does it",
)

# ... unless one of these follows: "what did I do, I ran", "how was I to know".
NOT_ASKED: tuple[str, ...] = ("i", "we", "my", "our", "me")

# Tags with a question mark that ask nothing, after a comma or as a sentence of their own:
# "It was hard, you know?"
TAGS: tuple[str, ...] = (
    "you know", "you see", "you know what i mean", "you know what i'm saying", "right", "okay",
    "ok", "huh", "eh", "yeah", "hm", "hmm", "alright", "all right", "see", "no", "yes",
)
