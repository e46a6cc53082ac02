import pytest

from tsd.readers.identifiers.spoken import is_counting


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ([1, 2, 3, 4, 5, 6, 7], True),
        ([9, 8, 7, 6, 5, 4, 3], True),
        ([1, 2, 3, 1, 2, 3, 1, 2, 3], True),
        ([5, 5, 5, 0, 1, 2, 3], False),
        ([2, 1, 2, 5, 5, 5, 0, 1, 2, 3], False),
    ],
)
def test_counting(digits, expected):
    assert is_counting(digits) is expected
