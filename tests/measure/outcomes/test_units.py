import pandas as pd

from tsd.measure.outcomes.related_sessions import is_of_cases, read_columns, with_outcome
from tsd.measure.outcomes.units import units_of


def test_a_case_is_measured_by_its_means_and_the_number_of_its_sessions():
    table = pd.DataFrame(
        {
            "session_id": list("abcdefg"),
            "therapist": ["T1"] * 3 + ["T2"] * 4,
            "case": ["c"] * 3 + ["d"] * 3 + [None],
            "disclosures": [0, 1, 2, 3, 4, 5, 6],
            "oq45": [1, 1, 1, 2, 2, 2, 3],
        }
    )
    found = with_outcome(read_columns(table, "oq45", ["disclosures"], (), 0), 0)
    assert is_of_cases(found)
    units = units_of(found, "disclosures", (), "case")
    assert units.x[:, 0].tolist() == [1, 4, 6]
    assert units.sessions.tolist() == [3, 3, 1]
    assert (units.therapists, units.cases, units.repeats) == (2, 3, False)
