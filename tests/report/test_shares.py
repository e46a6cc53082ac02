import pytest

from tsd.report.shares import (
    FEWEST_FOR_PERCENT,
    AfterDisclosures,
    after_disclosures,
    share_in_words,
)

SUMMARY = {
    "returns_compared": 0,
    "disclosures": 12,
    "client_resumed_known": 3,
    "asked_share": 0.25,
    "asked_compared_share": None,
    "asked_base_share": None,
    "client_resumed_share": 1 / 3,
}


@pytest.mark.parametrize(
    ("cases", "shown"), [(FEWEST_FOR_PERCENT - 1, "3 of 9"), (FEWEST_FOR_PERCENT, "33%")]
)
def test_few_cases_are_counted_and_more_are_percent(cases, shown):
    assert share_in_words(1 / 3, cases) == shown


def test_one_disclosure_that_can_be_compared_is_one_of_one():
    compared = {"returns_compared": 1, "asked_compared_share": 0.0, "asked_base_share": 0.55}
    found = after_disclosures(SUMMARY | compared, "asked")
    assert found == AfterDisclosures("0 of 1", "55%", 1)


def test_without_comparison_the_share_is_over_all_that_are_known():
    assert after_disclosures(SUMMARY, "asked") == AfterDisclosures("25%", None, 12)
    assert after_disclosures(SUMMARY, "client_resumed") == AfterDisclosures("1 of 3", None, 3)


def test_what_is_not_known_of_any_is_missing():
    without = SUMMARY | {"client_resumed_known": 0, "client_resumed_share": None}
    assert after_disclosures(without, "client_resumed") == AfterDisclosures(None, None, 0)
