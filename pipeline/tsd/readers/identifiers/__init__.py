"""The look for identifiers in talk: obvious patterns, counted by class and place.

`look.py` is the way in; `rules.py` says what a rule is; the rules are in `contact.py`,
`numbers.py`, `dates.py` and `names.py`; the words are in `identifiers_patterns.py`.
"""
