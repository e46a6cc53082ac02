"""A stored pipeline is the same pipeline, and our components are spaCy components like others."""

import shutil
import subprocess
import sys

import pytest
import spacy
from spacy import displacy
from spacy.tokens import DocBin

from tsd.classify.component import DisclosureFinder
from tsd.classify.pipeline import load
from tsd.errors import ModelError
from tsd.segment.language import SessionLanguage
from tsd.settings import Finding

FRESH = """
import sys, spacy
from tsd.schema import Role, Session, Utterance
nlp = spacy.load(sys.argv[1])
asked = Utterance("Do you have kids?", "C", Role.CLIENT)
doc = nlp(Session("s", (asked, Utterance(sys.argv[2], "T", Role.THERAPIST))))
print(type(nlp).__name__, [t.text for t in doc])
print([(s.text, s.label_, s._.p_disclosure) for s in doc.spans["disclosures"]])
print(type(spacy.blank("tsd")).__name__)
"""
SAID = "wow!ok. im a nurse, My daughter is six and she loves dogs--"


def facts(doc):
    return (
        [token.text for token in doc],
        [token.norm_ for token in doc],
        [(span.text, span._.role, span._.speaker) for span in doc.spans["utterances"]],
        [
            (span.text, span.label_, span._.p_disclosure, span._.p_training, tuple(span._.cues))
            for span in doc.spans["disclosures"]
        ],
    )


@pytest.fixture(scope="module")
def nlp(small_model):
    return load(Finding(model=small_model, longest_session=5000, longest_unit=9))


@pytest.fixture(scope="module")
def stored(small_model, tmp_path_factory):
    """A pipeline stored by one that has its model in a folder that is gone since."""
    folder = tmp_path_factory.mktemp("stored")
    model = shutil.copytree(small_model, folder / "model")
    load(Finding(model=model, longest_session=5000, longest_unit=9)).to_disk(folder / "pipeline")
    shutil.rmtree(model)
    return folder / "pipeline"


def test_a_stored_pipeline_finds_the_same(nlp, stored, annotated, make_session):
    loaded = spacy.load(stored)
    assert type(loaded) is SessionLanguage
    assert (loaded.pipe_names, loaded.max_length) == (nlp.pipe_names, 5000)
    sessions = [*annotated, make_session(("T", SAID))]
    ours, theirs = ([facts(doc) for doc in each.pipe(sessions)] for each in (nlp, loaded))
    assert theirs == ours
    assert sum(len(found) for *_, found in ours) > 10


def test_a_fresh_process_loads_it_by_its_language(nlp, stored, make_session):
    """Without any import of ours before `spacy.load`: the entry points find the language."""
    doc = nlp(make_session(("C", "Do you have kids?"), ("T", SAID)))
    done = subprocess.run(
        [sys.executable, "-c", FRESH, stored, SAID], capture_output=True, text=True, check=False
    )
    found = [(s.text, s.label_, s._.p_disclosure) for s in doc.spans["disclosures"]]
    expected = [f"SessionLanguage {[t.text for t in doc]}", f"{found}", "SessionLanguage"]
    assert (done.stderr, done.stdout.splitlines()) == ("", expected)
    assert found


def test_a_stored_pipeline_keeps_its_model_byte_by_byte(small_model, stored):
    for name in ("model.skops", "model.json"):
        kept = (stored / "tsd_disclosures" / name).read_bytes()
        assert kept == (small_model / name).read_bytes()


def test_a_damaged_stored_model_is_refused(stored, tmp_path):
    copy = shutil.copytree(stored, tmp_path / "copy")
    (copy / "tsd_disclosures" / "model.skops").write_bytes(b"")
    with pytest.raises(ModelError, match="its hash differs"):
        spacy.load(copy)


def test_bytes_hold_the_model(nlp, annotated):
    other = SessionLanguage.from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert other.max_length == 5000
    assert facts(other(annotated[0])) == facts(nlp(annotated[0]))


def test_a_component_has_no_attribute_that_spacy_asks_every_component_for():
    """spaCy checks for ``model`` while it loads a pipeline, in an order that changes by run."""
    assert not hasattr(DisclosureFinder, "model")


def test_the_model_is_loaded_when_it_is_needed(tmp_path):
    finder = DisclosureFinder(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="No such file"):
        _ = finder.threshold


def test_load_says_at_once_that_a_model_cannot_be_used(tmp_path):
    with pytest.raises(ModelError, match="No such file"):
        load(Finding(model=tmp_path / "nowhere"))


def test_human_labels_need_no_model(annotated, tmp_path):
    nlp = load(Finding(use_labels=True))
    nlp.to_disk(tmp_path)
    assert facts(spacy.load(tmp_path)(annotated[0])) == facts(nlp(annotated[0]))


def test_components_work_in_a_plain_spacy_pipeline(small_model):
    nlp = spacy.blank("en")
    nlp.add_pipe("tsd_units")
    nlp.add_pipe("tsd_cues")
    nlp.add_pipe("tsd_disclosures", config={"model": str(small_model)})
    doc = nlp("My daughter is six and she loves dogs.")
    assert [span.label_ for span in doc.spans["disclosures"]] == ["personal_details"]


def test_a_component_says_what_it_lacks(small_model):
    nlp = spacy.blank("en")
    nlp.add_pipe("tsd_units")
    nlp.add_pipe("tsd_disclosures", config={"model": str(small_model)})
    with pytest.raises(ValueError, match=r"no span group 'cues'; run it through .*tsd\.load"):
        nlp("My daughter is six.")


def test_disclosures_survive_a_docbin(nlp, annotated):
    docs = [nlp(session) for session in annotated[:3]]
    data = DocBin(store_user_data=True, docs=docs).to_bytes()
    back = list(DocBin().from_bytes(data).get_docs(spacy.blank("tsd").vocab))
    assert [facts(doc) for doc in back] == [facts(doc) for doc in docs]


@pytest.mark.parametrize("group", ["utterances", "units", "cues", "disclosures"])
def test_displacy_shows_each_span_group(nlp, group):
    doc = nlp("My daughter is six and she loves dogs.")
    html = displacy.render(doc, style="span", options={"spans_key": group}, jupyter=False)
    assert "daughter" in html


def test_two_processes_find_the_same(nlp, annotated):
    some = annotated[:4]
    assert [facts(doc) for doc in nlp.pipe(some, n_process=2, batch_size=2)] == [
        facts(nlp(session)) for session in some
    ]
