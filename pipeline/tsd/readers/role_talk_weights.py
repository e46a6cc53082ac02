"""How much each habit of talking says about who the therapist is.

Made by `python -m benchmarks.role_weights` from the whole sessions of `data/corpus`: do
not edit. Cross-validated by setting (decided from p = 0.95 on):

Whole sessions: 281 sessions, 262 decided, 262 of these right.
Their first 20 utterances: 281 sessions, 239 decided, 239 of these right.
All views:
  0.5 to 0.7: 863 views, mean p 0.605, right 0.622
  0.7 to 0.9: 1359 views, mean p 0.816, right 0.823
  0.9 to 0.95: 751 views, mean p 0.927, right 0.916
  0.95 to 0.99: 1564 views, mean p 0.975, right 0.972
  0.99 to 1.0: 4361 views, mean p 0.998, right 0.997
"""

LISTS = "89a94a78eebe4e1c"
"""Of the word lists with which the weights were learned."""

WEIGHTS: dict[str, float] = {
    "first_person": -4.948,
    "second_person": 1.130,
    "we": 0.493,
    "people_talked_about": -6.485,
    "telling": -1.867,
    "answer_openers": -1.578,
    "receipt_openers": 6.000,
    "ends_asking": 3.582,
    "short": -1.750,
    "open_questions": 5.233,
    "reflections": 3.962,
    "leading": 5.498,
    "helping": 4.495,
    "about_oneself": -0.706,
}
"""Positive: the therapist does it more often."""
