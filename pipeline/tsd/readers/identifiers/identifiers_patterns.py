"""The words by which identifiers in talk are recognized. Edit freely; lower case unless it says so.

The numbers and shapes are in the other files of this folder; a change here needs no change there.
"""

# fmt: off

# --- Dates -------------------------------------------------------------------------------------

MONTHS: tuple[str, ...] = (
    "january", "february", "april", "june", "july", "august", "september", "october", "november",
    "december",
)

MONTHS_SHORT: tuple[str, ...] = (
    "jan", "feb", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
)

# These are also verbs: they need more evidence than the others.
MONTHS_OR_VERBS: tuple[str, ...] = ("may", "march")

# A day of the month, as it is spoken.
DAYS_IN_WORDS: tuple[str, ...] = (
    "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth", "thirtieth",
    "twenty[ -]first", "twenty[ -]second", "twenty[ -]third", "twenty[ -]fourth",
    "twenty[ -]fifth", "twenty[ -]sixth", "twenty[ -]seventh", "twenty[ -]eighth",
    "twenty[ -]ninth", "thirty[ -]first",
)

# These also begin a list or a sentence: "may first want to".
DAYS_OR_ADVERBS: tuple[str, ...] = ("first", "second")

# Before a date: "on May 5", "since March first".
BEFORE_A_DATE: tuple[str, ...] = (
    "on", "of", "since", "until", "till", "by", "born", "last", "next", "through", "before",
    "after", "around", "dated", "due", "early", "late",
)

# Before a date without a year: "on 3/14".
BEFORE_A_SHORT_DATE: tuple[str, ...] = ("on", "since", "until", "till", "born", "dated", "due")

# A number before one of these is no day and no house: "march 5 miles", "5/7 days".
UNITS: tuple[str, ...] = (
    "second", "minute", "min", "hour", "hr", "day", "night", "week", "month", "year", "yr",
    "decade", "time", "percent", "per cent", "people", "person", "men", "women", "kid", "child",
    "children", "friend", "dollar", "buck", "pound", "euro", "cent", "mile", "kilometer",
    "kilometre", "meter", "metre", "feet", "foot", "inch", "block", "mg", "milligram", "gram",
    "pill", "drink", "beer", "cigarette", "point", "out", "of", "or", "session", "page", "question",
    "step", "thing", "different", "more", "degree", "am", "pm", "o'clock", "calorie", "grand",
)

# --- Ages --------------------------------------------------------------------------------------

# Not a person: "a 100 year old house".
OLD_THINGS: tuple[str, ...] = (
    "house", "home", "building", "church", "tree", "farm", "hotel", "theater", "theatre", "book",
    "tradition", "law", "company", "institution", "bridge", "school", "apartment", "place",
    "structure", "idea", "technology", "city", "town", "wine",
)

PEOPLE_OF_AN_AGE: tuple[str, ...] = (
    "i", "he", "she", "mother", "father", "mom", "mum", "dad", "grandmother", "grandfather",
    "grandma", "grandpa", "gran", "nan", "granddad", "grandad", "aunt", "uncle", "husband", "wife",
)

# --- Contact -----------------------------------------------------------------------------------

MAIL_PROVIDERS: tuple[str, ...] = (
    "gmail", "g mail", "googlemail", "yahoo", "hotmail", "hot mail", "outlook", "icloud", "aol",
    "msn", "live", "protonmail", "proton mail", "comcast", "verizon", "gmx", "btinternet",
)

# Endings of addresses that are no words of speech: "home.then" is no address.
TOP_LEVEL: tuple[str, ...] = (
    "com", "org", "net", "edu", "gov", "mil", "info", "biz", "co.uk", "ac.uk", "org.uk", "nhs.uk",
    "gov.uk", "com.au", "edu.au", "org.au", "co.nz",
)

# Sites that everybody uses: naming one identifies nobody.
KNOWN_SITES: tuple[str, ...] = (
    "amazon", "google", "facebook", "youtube", "netflix", "twitter", "instagram", "match",
    "booking", "ebay", "wikipedia", "linkedin", "reddit", "yahoo", "craigslist", "webmd", "indeed",
    "zoom", "otter", "rev", "gotomeeting", "tiktok", "pinterest", "psychologytoday",
    "snopes", "cnn", "bbc", "nytimes", "imdb", "spotify", "etsy", "airbnb", "tripadvisor",
)

# Behind "my": "my blog is ...".
OWN_SITES: tuple[str, ...] = (
    "website", "web site", "site", "blog", "homepage", "page", "web page", "shop", "channel",
    "web address", "link",
)

NUMBER_TO_CALL: tuple[str, ...] = (
    "phone", "telephone", "cell", "cellphone", "mobile", "fax", "number", "call", "text", "dial",
    "reach", "contact", "whatsapp", "tel", "ring",
)

# Public numbers, digits only: they identify nobody.
PUBLIC_NUMBERS: frozenset[str] = frozenset(
    {
        "18002738255", "8002738255", "116123", "131114", "08001111", "18006624357", "8006624357",
        "18007997233", "8007997233", "18002221222", "8002221222", "18006564673", "8006564673",
    }
)

# --- Numbers in words --------------------------------------------------------------------------

DIGITS_IN_WORDS: dict[str, int] = {
    "zero": 0, "oh": 0, "o": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9,
}

TENS_IN_WORDS: tuple[str, ...] = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety", "hundred",
)

# --- Places ------------------------------------------------------------------------------------

# After a house number and a name, in any case: "14 oak street".
STREETS: tuple[str, ...] = ("street", "avenue", "ave", "road", "boulevard", "blvd")

# With capitals only, as the words are common: "14 Oak Drive", but "a 20 minute drive".
STREETS_WITH_CAPITALS: tuple[str, ...] = (
    "St", "Rd", "Drive", "Dr", "Lane", "Ln", "Court", "Ct", "Place", "Pl", "Way", "Terrace",
    "Close", "Crescent", "Square", "Highway", "Hwy", "Parkway", "Pkwy", "Circle", "Gardens",
    "Grove", "Row", "Mews", "Hill", "Trail",
)

# No part of a street's name: "10 minutes down the road".
NOT_IN_A_STREET: frozenset[str] = frozenset(
    {
        "a", "an", "the", "this", "that", "these", "those", "my", "your", "his", "her", "our",
        "their", "i", "you", "he", "she", "it", "we", "they", "and", "or", "but", "on", "in", "at",
        "to", "of", "off", "from", "down", "up", "by", "with", "for", "into", "across", "along",
        "over", "was", "is", "are", "were", "different", "same", "other", "more", "way", "long",
        "busy", "main", "whole", "people", "guys", "kids", "cars", "away", "hit", "walk", "walking",
        "just", "like", "then", "when", "where", "years", "year", "minutes", "minute", "hours",
        "hour", "miles", "mile", "blocks", "block", "days", "day", "weeks", "months", "times",
        "feet", "lane", "open", "out", "near", "crossing", "side",
    }
)

STATES: tuple[str, ...] = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY",
    "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV",
    "WI", "WY", "DC",
)

STATES_IN_FULL: tuple[str, ...] = (
    "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut",
    "delaware", "florida", "georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas",
    "kentucky", "louisiana", "maine", "maryland", "massachusetts", "michigan", "minnesota",
    "mississippi", "missouri", "montana", "nebraska", "nevada", "new hampshire", "new jersey",
    "new mexico", "new york", "north carolina", "north dakota", "ohio", "oklahoma", "oregon",
    "pennsylvania", "rhode island", "south carolina", "south dakota", "tennessee", "texas", "utah",
    "vermont", "virginia", "washington", "west virginia", "wisconsin", "wyoming",
)

POSTCODE_CUES: tuple[str, ...] = (
    "zip code", "zipcode", "zip", "postal code", "postcode", "post code",
)

# --- Records -----------------------------------------------------------------------------------

# What has a number of its own: "member id", "account number is".
RECORDS: tuple[str, ...] = (
    "medical record", "patient", "record", "chart", "member", "membership", "policy", "account",
    "acct", "insurance", "claim", "case", "client", "health plan", "group", "license", "licence",
    "driver's license", "drivers license", "driver's licence", "driving licence", "passport",
    "national insurance", "nhs", "hospital", "student", "employee", "badge", "certificate",
    "confirmation", "prescription", "serial", "device", "medicare", "medicaid", "beneficiary",
    "routing", "bank account", "social security", "social",
)

# These need no word "number" or "id" behind them.
RECORDS_BY_NAME: tuple[str, ...] = ("mrn", "ssn", "nhs number", "acct #", "acct", "social security")

# --- Names -------------------------------------------------------------------------------------

# With a capital name behind it: "Dr. Weiss".
TITLES: tuple[str, ...] = (
    "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Doctor", "Prof", "Professor",
)

# These show a name in lower case, too, where a transcript has no capitals: "mrs weiss".
TITLES_LOWER: tuple[str, ...] = ("mr", "mrs", "ms", "dr")

# Before a name that somebody says of himself or herself.
OWN_NAME: tuple[str, ...] = (
    "my name is", "my name's", "my name’s", "my names", "my full name is", "my first name is",
    "my last name is", "my surname is", "his name is", "his name was", "her name is",
    "her name was", "their names are", "name's", "i'm called", "i am called", "you can call me",
    "people call me", "everyone calls me",
)

GREETINGS: tuple[str, ...] = (
    "hi", "hello", "hey", "good morning", "good afternoon", "good evening",
)

# Behind a cue, but no name: "my name is on the list", "Dr. Who", "hi there".
NOT_A_NAME: frozenset[str] = frozenset(
    {
        "a", "about", "actually", "again", "all", "also", "always", "am", "american", "an", "and",
        "any", "anything", "are", "as", "asked", "at", "back", "bad", "be", "because", "been",
        "being", "but", "by", "called", "came", "can", "christian", "come", "could", "crazy", "did",
        "do", "does", "don", "even", "every", "everybody", "everyone", "fate", "feelgood", "folks",
        "for", "friend", "from", "gave", "get", "give", "given", "goes", "going", "good", "got",
        "guys", "had", "has", "have", "he", "her", "here", "hey", "hi", "hello", "his", "honey",
        "how", "i", "if", "in", "is", "it", "its", "just", "kind", "knew", "know", "ladies", "let",
        "like", "literally", "lol", "looked", "made", "man", "may", "me", "might", "mine", "mm",
        "mom", "mum", "mommy", "dad", "daddy", "must", "my", "myself", "need", "needs", "never",
        "nice", "no", "not", "now", "of", "office", "oh", "ok", "okay", "on", "only", "or", "other",
        "our", "out", "over", "perfect", "please", "prescribed", "probably", "put", "really",
        "right", "said", "sarcastic", "saw", "say", "says", "see", "she", "should", "so", "some",
        "someone", "something", "sometimes", "sort", "spelled", "still", "stuff", "such", "sweetie",
        "tell", "than", "thank", "thanks", "that", "the", "their", "them", "then", "there", "they",
        "thing", "things", "think", "thinks", "this", "to", "today", "told", "too", "took", "uh",
        "um", "understanding", "up", "us", "very", "wait", "wanted", "wants", "was", "we",
        "welcome", "well", "went", "were", "what", "whatever", "when", "where", "whether", "which",
        "who", "whoever", "why", "will", "with", "wonderful", "would", "wrong", "wrote", "yeah",
        "yes", "yet", "you", "your", "appointment", "appointments", "visit", "visits", "monday",
        "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "everything", "name",
        "under", "above", "below", "between", "near", "next", "mr", "mrs", "ms", "miss", "mister",
        "prof", "professor", "father", "mother", "married", "late", "done", "fine", "great",
        "staff",
        "sorry", "jewish", "muslim", "catholic", "lutheran", "baptist", "buddhist", "hindu", "sikh",
        "mormon", "protestant", "methodist", "orthodox", "british", "english", "scottish", "irish",
        "welsh", "french", "german", "italian", "spanish", "polish", "russian", "mexican",
        "hispanic", "latino", "latina", "asian", "chinese", "japanese", "korean", "indian",
        "bengali", "pakistani", "african", "nigerian", "canadian", "australian", "european",
        "turkish", "arab", "black", "white", "democrat", "republican", "saturdays", "sundays",
        "january", "february", "march", "july", "august", "september", "october",
        "november", "december", "christmas", "easter",
        "doctor", "doc", "dr", "nurse", "sir", "madam", "ma", "team", "therapist", "counselor",
        "counsellor", "client", "patient", "god", "x", "xx", "xxx", "xxxx", "xxxxx", "redacted",
    }
)

# A speaker label with one of these is no name of a person: "Unknown Speaker", "Group Leader".
NOT_IN_A_SPEAKER_NAME: frozenset[str] = frozenset(
    {
        "speaker", "voice", "person", "male", "female", "man", "woman", "boy", "girl", "group",
        "leader", "unknown", "unidentified", "role", "player", "actor", "actress", "training",
        "trainee", "student", "test", "user", "account", "phone", "iphone", "ipad", "android",
        "galaxy", "laptop", "computer", "room", "office", "clinic", "center", "centre", "hospital",
        "zoom", "teams", "meeting", "host", "guest", "admin", "support", "call", "line", "health",
        "service", "services", "university", "college", "school", "team", "study", "research",
        "researcher", "assistant", "senior", "junior", "lead", "principal", "worker", "officer",
        "manager", "director", "new", "old", "young", "older", "younger", "left", "right", "first",
        "second", "third", "both", "all", "other", "another", "no", "not", "audio", "video", "in",
        "law", "step", "grand", "foster", "bot", "agent", "customer", "representative", "dear",
        "good", "hello", "the", "and", "name", "anonymous", "redacted", "removed", "end", "start",
        "part", "session", "chapter", "scene", "narrator", "announcer", "off", "screen", "camera",
        "background", "recorded", "automated", "message", "standardized", "simulated", "fictional",
        "info", "more", "intro", "guy", "mental", "social", "case", "peer", "couple", "family",
        "medical", "clinical", "psych",
        "mr", "mrs", "ms", "miss", "aa", "bb", "cc",
    }
)

# Small words in the name of a person: "Anna van der Berg".
PARTICLES: frozenset[str] = frozenset(
    {"van", "von", "de", "der", "den", "del", "della", "da", "di", "la", "le", "bin", "al"}
)

# --- Placeholders ------------------------------------------------------------------------------

# In brackets, these stand in place of an identifier: "[NAME]", "(name of client)", "<PERSON>".
PLACEHOLDERS: tuple[str, ...] = (
    "name", "names", "firstname", "lastname", "surname", "initials", "person", "pii", "phi",
    "redacted", "removed", "deleted", "omitted", "withheld", "anonymized", "anonymised",
    "de-identified", "deidentified", "masked", "confidential", "identifying", "city", "town",
    "state", "country", "county", "place", "location", "address", "street", "zip", "postcode",
    "date", "date_time", "datetime", "dob", "birthday", "phone", "telephone", "number", "email",
    "e-mail", "url", "ssn", "id", "age", "organization", "organisation", "org", "company",
    "employer", "school", "university", "college", "hospital", "clinic", "phone_number",
    "health plan", "email_address", "us_ssn", "mrn", "nrp",
)

# Sounds in brackets, which the words above may be a part of: "[phone rings]".
NOT_A_PLACEHOLDER: tuple[str, ...] = (
    "ring", "rings", "ringing", "rang", "buzz", "buzzes", "buzzing", "beep", "beeps", "vibrates",
    "vibrating", "dial", "dialing", "call", "noise", "sound", "sounds",
)

# With a number and in capitals, without brackets: "PERSON1", "NAME_2".
NUMBERED_PLACEHOLDERS: tuple[str, ...] = (
    "NAME", "PERSON", "LOCATION", "CITY", "PLACE", "DATE", "ORGANIZATION", "ORG", "ADDRESS",
)
