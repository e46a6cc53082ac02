import pytest

from tsd.classify.shipped import shipped
from tsd.errors import TsdError


@pytest.mark.parametrize(
    ("folder", "file"), [("models/default", "model.skops"), ("data/corpus", "trial.csv")]
)
def test_what_comes_with_tsd_is_found(folder, file):
    assert (shipped(folder) / file).is_file()


def test_a_missing_folder_is_named():
    message = "no/such, which comes with tsd, is missing. Install the package again."
    with pytest.raises(TsdError, match=message):
        shipped("no/such")
