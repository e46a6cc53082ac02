"""What the phrases of several word lists share. Edit freely; lower case; no logic.

`tsd.segment.phrases` says what the signs in a phrase mean.
"""

# fmt: off

# Endings that are also spoken in full.
LONG_FORMS: dict[str, str] = {"n't": " not", "'ve": " have", "'m": " am", "'re": " are"}

# Groups of words, named in braces. A group may contain other groups.
GROUPS: dict[str, tuple[str, ...]] = {
    "you": (
        "you", "your", "yours", "yourself", "yourselves", "you're", "you've", "you'll", "you'd",
        "ya",
    ),
    "person": (
        "man", "woman", "lady", "gentleman", "guy", "girl", "boy", "lad", "bloke", "fellow", "chap",
        "kid", "student", "couple", "family", "client", "patient", "mum", "mom", "dad", "teacher",
        "nurse", "driver", "him", "her",
    ),
    "therapist": (
        "therapist", "counsellor", "counselor", "psychologist", "psychiatrist", "shrink",
    ),
    "parent": (
        "mum", "mom", "mam", "mother", "dad", "father", "parent", "folks", "stepdad", "stepmum",
        "stepmom", "stepfather", "stepmother",
    ),
    "partner": (
        "husband", "wife", "partner", "spouse", "boyfriend", "girlfriend", "fiance", "fiancé",
        "fiancee", "fiancée", "ex husband", "ex wife", "ex",
    ),
    "kin": (
        "{parent}", "{partner}", "brother", "sister", "sibling", "twin", "son", "daughter", "child",
        "children", "kid", "baby", "boy", "girl", "grandmother", "grandfather", "grandma",
        "grandpa", "grandad", "granddad", "gran", "nan", "nana", "grandparent", "granny", "uncle",
        "aunt", "auntie", "cousin", "nephew", "niece", "stepson", "stepdaughter", "father in law",
        "mother in law", "brother in law", "sister in law", "in law", "friend", "best friend",
        "mate", "youngest", "eldest", "oldest", "grandson", "granddaughter",
    ),
    "pet": (
        "dog", "cat", "puppy", "kitten", "horse", "pet", "rabbit", "spaniel", "beagle", "labrador",
        "collie", "terrier", "retriever", "greyhound", "poodle", "tabby",
    ),
    "drink": (
        "wine", "vodka", "gin", "whisky", "whiskey", "rum", "beer", "lager", "cider", "booze",
        "alcohol", "liquor", "bourbon", "sherry", "spirits", "the drink", "cans",
    ),
    "gone": (
        "died", "dies", "passed", "passed away", "passing", "dead", "funeral", "was killed",
        "is gone", "was gone", "been gone", "was dying", "were dying", "is dying",
    ),
    "many": (
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "twenty", "thirty", "couple of", "few", "several", "many", "some",
    ),
}
