import pandas as pd
import pytest

from tsd.errors import SettingsError
from tsd.measure.outcomes.cells import checked_numbers, words_of


@pytest.mark.parametrize(
    "cells",
    [["yes", "NO ", "", "Yes"], ["TRUE", "false", "n/a", "true"], [True, False, None, True]],
)
def test_yes_and_no_are_1_and_0(cells):
    found = checked_numbers(pd.DataFrame({"well": cells}), "outcome", "well")
    assert found.tolist() == pytest.approx([1, 0, float("nan"), 1], nan_ok=True)


@pytest.mark.parametrize("cells", [["yes", "false"], ["yes", 1], [1, 0], ["", None]])
def test_other_columns_do_not_hold_words(cells):
    assert words_of(pd.Series(cells)) is None


def test_two_other_words_are_to_be_coded():
    with pytest.raises(SettingsError) as caught:
        checked_numbers(pd.DataFrame({"well": ["better", "worse", ""]}), "outcome", "well")
    assert str(caught.value) == (
        "outcome must be a column of numbers with a decimal point, or of yes and no, or of true "
        "and false; code two other words as 0 and 1 (cells that are not: 2); got 'well'."
    )
