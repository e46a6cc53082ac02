"""Makes the figures of the default model's card: tables between its markers, and a diagram.

    python benchmarks/model_card.py [--gold DIR]

Run it after `models/default` was trained again. It cross-validates as `tsd train` does, and learns
many times more (some minutes). It refuses a model that was not learned from `data/corpus` as it
is. DIR holds real utterances that cannot be published; without it their block stays, and a warning
is shown if it is of another model. Only counts and figures of them are printed or kept.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from reliability import View, bins, draw, rows
from sklearn.metrics import average_precision_score, precision_recall_curve

import tsd
from tsd.batch.reading import read_annotated
from tsd.classify.estimator import FAMILIES, calibrated, linear_scores
from tsd.classify.features import EXCERPT, WHOLE
from tsd.classify.model import default_encoder
from tsd.classify.second_reading import SecondReading
from tsd.files import write_bytes
from tsd.learn.examples import ExampleUnits, example_units
from tsd.learn.figures import Scores, figures
from tsd.learn.thresholds import by_utterance, calibrators, natural_units, operating_points
from tsd.learn.training import fit, out_of_fold, second_reading, train
from tsd.schema import TYPES
from tsd.settings import POINTS, Learning, Measuring
from tsd.stats import Counts, Flags, Floats, resamples_of

ALL = "all families"
ROOT = Path(__file__).parent.parent
MODEL = ROOT / "models" / "default"
CHALLENGE = ROOT / "data" / "challenge"
LEARNING, MEASURING = Learning(), Measuring()
VIEWS, RATES = ("whole sessions", "excerpts"), (LEARNING.natural_rate, None)
VIEW_KEYS = ("at_natural_rate", "in_excerpts")
TOLERANCE = 2e-3
GOLD = {
    "annomi": "AnnoMI: transcribed counseling demonstrations, whole sessions",
    "hlqc": "HLQC: counseling demonstrations and role-plays, automatic captions, whole sessions",
    "mesc": "MESC: a scripted TV therapy, short sentences, whole episodes",
    "primock": "PriMock57: mock GP consultations, whole sessions",
    "esconv": "ESConv: typed peer support, single lines, enriched for disclosures",
    "reddit": "Reddit: replies in support forums, first-person ones",
    "counselchat": "CounselChat: sentences of written answers, enriched for first-person wording",
}


def draw_sessions(count: int) -> Counts:
    """Draw sessions with replacement: how often each was drawn. The first row is the data."""
    blocks = resamples_of(count, MEASURING.resamples, MEASURING.seed)
    return np.vstack([np.ones((1, count), dtype=np.int64), *blocks])


def weigh(disclosing: Flags, counts: Floats, rate: float | None) -> Floats:
    """Weight cases, some of them drawn several times, so that a share of them disclose."""
    if rate is None:
        return counts / counts.sum()
    share = np.where(disclosing, rate, 1 - rate)
    sums = np.where(disclosing, counts[disclosing].sum(), counts[~disclosing].sum())
    return counts * share / sums


def views(units: ExampleUnits, values: Sequence[Floats]) -> list[View]:
    """Take whole sessions, weighted to the natural rate, and excerpts as they are."""
    chosen = natural_units(units, LEARNING.fewest), ~units.whole
    made = []
    for name, value, where, rate in zip(VIEWS, values, chosen, RATES, strict=True):
        y, p = by_utterance(value, units, where)
        _, session = by_utterance(units.groups.astype(float), units, where)
        made.append(View(name, y, p, session.astype(int), weigh(y, np.ones(len(y)), rate)))
    return made


def learned_and_tried(
    units: ExampleUnits,
    tried: ExampleUnits,
    families: Sequence[str],
    second: SecondReading | None,
) -> tuple[Floats, float]:
    """Learn from the corpus with some feature families, and try the challenge set.

    Returns the average precision there: of all exchanges, then of each draw of them; and the share
    of right types among the disclosing units.
    """
    learned = fit(units, np.arange(len(units.groups)), LEARNING, families)
    scores, shares = linear_scores(*learned, tried.table)
    if second is not None:
        scores, shares = second.read(scores, shares, tried.table)
    every = np.ones(len(scores), dtype=bool)
    y, s = by_utterance(scores, tried, every)
    _, session = by_utterance(tried.groups.astype(float), tried, every)
    draws = draw_sessions(tried.groups.max() + 1)
    weights = (times[session.astype(int)].astype(float) for times in draws)
    found = np.array([average_precision_score(y, s, sample_weight=w) for w in weights])
    typed = tried.types != ""
    guessed = np.array(TYPES)[shares.argmax(axis=1)]
    return found, float((guessed == tried.types)[typed].mean())


def table(header: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    """Write a markdown table; figures are aligned right."""
    ruler = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in [header, ruler, *lines])


def data_block(about: dict[str, Any], units: ExampleUnits) -> str:
    """Show how much the model has learned from."""
    data, whole = about["data"], units.whole
    sessions = len(set(units.groups[whole]))
    counts = {
        "therapist utterances with a label": len(set(units.utterances)),
        **{f"... `{name}`": count for name, count in data["labels"].items() if count},
        "whole sessions (5 or more therapist utterances)": sessions,
        "... therapist utterances in them": len(set(units.utterances[whole])),
        "excerpts": data["sessions"] - sessions,
        "units": data["units"],
        "... that disclose": data["disclosing_units"],
    }
    return table(("the corpus", "count"), [(name, f"{n:,}") for name, n in counts.items()])


def cross_validation_block(about: dict[str, Any]) -> str:
    """Show the figures from the model's metadata."""
    found = about["cross_validation"]
    lines = []
    for size, view, key in zip((WHOLE, EXCERPT), VIEWS, VIEW_KEYS, strict=True):
        for name in POINTS:
            figures_there = found[key][name]
            values = (about["thresholds"][name][size], *figures_there.values())
            lines.append((f"{view}, `{name}`", *(f"{value:.4f}" for value in values)))
    rest = [
        f"In {view} {found[key]['rate']:.1%} of the utterances disclose, and the average precision "
        f"is {found[key]['average_precision']:.4f}."
        for view, key in zip(VIEWS, VIEW_KEYS, strict=True)
    ]
    rest.append(f"Type accuracy, for disclosing units with one type: {found['type_accuracy']:.4f}.")
    return f"{table(('threshold', 'value', 'precision', 'recall', 'f1'), lines)}\n\n" + "\n".join(
        rest
    )


def ablation_block(runs: dict[str, tuple[Floats, float]]) -> str:
    """Compare the feature families; intervals are of the difference from all of them."""
    lines = []
    for name, (found, accuracy) in runs.items():
        cell = f"{found[0]:.3f}"
        if name != ALL:
            low, high = np.percentile((found - runs[ALL][0])[1:], [2.5, 97.5])
            cell += f" ({low:+.3f} to {high:+.3f})"
        lines.append((name, cell, f"{accuracy:.3f}"))
    return table(("features", "average precision", "type accuracy"), lines)


def side_by_side(
    labeled: pd.DataFrame, transcript: pd.DataFrame, threshold: str, model: Path = MODEL
) -> pd.DataFrame:
    """Run the library on a transcript and put what it finds next to the labels."""
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "transcript.csv"
        transcript.to_csv(file, index=False)
        settings = tsd.Settings.of(threshold=threshold, model=model)
        found = tsd.analyze_corpus(file, settings).utterances
    keys = ["session_id", "utterance_id"]
    found = found[[*keys, "p_disclosure", "is_disclosure", "label"]]
    found = found.astype(dict.fromkeys(keys, str))
    both = labeled.merge(found, on=keys, how="left", suffixes=("", "_found"), validate="one_to_one")
    if both["is_disclosure"].isna().any():
        sys.exit("some labeled utterances are missing from what was analyzed")
    return both.sort_values("p_disclosure", ascending=False, kind="stable")


def row_of(both: pd.DataFrame) -> tuple[object, ...]:
    """Return the cells of one source: how many, how many disclose, and the figures."""
    y, p = both["label"].to_numpy() != "none", both["p_disclosure"].to_numpy(dtype=float)
    flagged = both["is_disclosure"].to_numpy(dtype=bool)
    session = pd.factorize(both["group"], sort=True)[0]
    made = figures(Scores(session, y, flagged, p))
    f1 = made.pop("f1")
    precision, recall, _ = precision_recall_curve(y, p)
    best = (2 * precision * recall / np.maximum(precision + recall, 1e-9)).max()
    hits = both[y & flagged]
    right = [
        found == label or found in also.split(",")
        for found, label, also in hits[["label_found", "label", "also"]].to_numpy()
    ]
    # With few sessions that have a flag or a disclosure there is no interval.
    interval = "no interval" if f1.low is None else f"{f1.low:.2f} to {f1.high:.2f}"
    cells = [f"{f1.value:.2f} ({interval})"]
    cells += [f"{figure.value:.2f}" for figure in made.values()]
    cells += [f"{best:.2f}", f"{np.mean(right):.2f}", f"{y.mean():.3f}", f"{p.mean():.3f}"]
    return (f"{len(y):,}", y.sum(), *cells)


Source = tuple[pd.DataFrame, pd.DataFrame]
"""Labeled utterances, and the transcript without labels."""
HEADER = (
    *("utterances", "disclosing", "F1 (95% interval)", "precision", "recall"),
    *("average precision", "best F1", "type accuracy", "share disclosing", "mean probability"),
)


def read_challenge() -> Source:
    """Read the labeled lines of the challenge set, and its transcript without labels."""
    rows = [
        pd.read_csv(file, keep_default_na=False, dtype=str)
        for file in sorted(CHALLENGE.glob("*.csv"))
    ]
    lines = pd.concat(rows, ignore_index=True).assign(group=lambda table: table["session_id"])
    transcript = lines[["session_id", "utterance_id", "speaker", "text"]]
    return lines[lines["speaker"] == "therapist"], transcript


def challenge_block() -> str:
    """Measure the model on the challenge set: at each threshold, then by kind of statement."""
    challenge = read_challenge()
    made = {name: side_by_side(*challenge, name) for name in POINTS}
    whole = table(
        ("threshold", *HEADER), [(f"`{name}`", *row_of(both)) for name, both in made.items()]
    )
    both = made["balanced"]
    flagged = (
        both["is_disclosure"].astype(float).groupby([both["label"] == "none", both["statement"]])
    )
    kinds = flagged.agg(["size", "mean"]).reset_index()
    parts = [
        table(
            (title, "lines", "flagged"),
            [
                (each.statement, each.size, f"{each.mean:.0%}")
                for each in kinds[kinds["label"] == none].itertuples(index=False)
            ],
        )
        for none, title in ((False, "kind of disclosure"), (True, "no disclosure"))
    ]
    return "\n\n".join([whole, *parts])


def read_gold(folder: Path, name: str) -> Source:
    """Read the labeled utterances of one gold file, and its transcript without labels."""
    gold = pd.read_csv(folder / f"{name}_dev.csv", keep_default_na=False, dtype=str)
    if "prev" not in gold:
        transcript = gold.drop(columns=["label", "also", "flags"])
        gold = gold[gold["speaker"] == "therapist"].assign(group=gold["session_id"])
    else:
        gold = gold.assign(group=gold["session"], session_id=gold["id"], utterance_id="target")
        written = name == "counselchat"  # one text by one author
        lines = []
        for item in gold.itertuples():
            before = "therapist" if written else "client"
            lines += [(item.id, "before", before, item.prev)] if item.prev else []
            lines += [(item.id, "target", "therapist", item.text)]
            if item.next and not written:
                lines += [(item.id, "after", "client", item.next)]
        transcript = pd.DataFrame(lines, columns=["session_id", "utterance_id", "speaker", "text"])
    keys = ["session_id", "utterance_id", "group", "label", "also"]
    return gold.loc[gold["label"] != "ambiguous", keys], transcript


def gold_block(folder: Path, about: dict[str, Any]) -> str:
    """Measure the model on real utterances."""
    lines = [
        (title, *row_of(side_by_side(*read_gold(folder, name), "balanced")))
        for name, title in GOLD.items()
    ]
    made = table(("source", *HEADER), lines)
    return f"{made}\n\nMeasured on the model with hash `{about['sha256'][:12]}`."


def encoder_rows(linear: Path, sources: Mapping[str, Source]) -> str:
    """Compare the model with one that differs in having no encoder."""
    chosen = [HEADER.index(name) for name in ("F1 (95% interval)", "average precision", "best F1")]
    lines = []
    for title, source in sources.items():
        without, with_it = (
            row_of(side_by_side(*source, "balanced", model)) for model in (linear, MODEL)
        )
        pairs = [(str(without[at])[:4], str(with_it[at])[:4]) for at in chosen]
        lines.append((title, *(value for pair in pairs for value in pair)))
    names = ("F1", "average precision", "best F1")
    return table(("source", *(f"{n}{w}" for n in names for w in (" without", ", with it"))), lines)


def differences(*made: tuple[dict[str, Any], dict[str, Any]]) -> list[str]:
    """Name the thresholds and figures that differ by more than what library versions change."""
    one, other = (
        pd.json_normalize({"thresholds": thresholds, **about, "type_accuracy": 0}).iloc[0]
        for thresholds, about in made
    )
    names = one.index.union(other.index)
    alike = np.isclose(one.reindex(names), other.reindex(names), 0, TOLERANCE)
    return names[~alike].tolist()


def put(card: str, name: str, block: str) -> str:
    """Put a block between its markers."""
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    card, count = re.subn(pattern, lambda m: f"{m[1]}\n{block}\n\n{m[2]}", card, flags=re.S)
    if count != 1:
        sys.exit(f"the card has {count} blocks {name!r}; expected one between markers")
    return card


def main() -> None:
    """Measure, print the blocks and write the card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, help="folder of real utterances with labels")
    gold = parser.parse_args().gold
    about = json.loads((MODEL / "model.json").read_text(encoding="utf-8"))
    sessions = read_annotated([ROOT / "data" / "corpus"])
    units = example_units(sessions)
    tried = example_units(read_annotated([CHALLENGE]))
    sets = {ALL: FAMILIES}
    sets |= {f"without {name}": tuple(f for f in FAMILIES if f != name) for name in FAMILIES}
    sets |= {f"{name} alone": (name,) for name in FAMILIES if name not in ("answers", "topics")}
    scores, shares = out_of_fold(units, LEARNING)
    encoder = default_encoder()
    second = second_reading(encoder, units, scores, LEARNING) if encoder else None
    if second:
        scores, _ = second.read(scores, shares, units.table, as_new=True)
    rate, fewest = LEARNING.natural_rate, LEARNING.fewest
    whole, excerpt = calibrators(scores, units, rate, fewest)
    found = operating_points(
        scores, whole, excerpt, units, rate=rate, slack=LEARNING.slack, fewest=fewest
    )
    if differ := differences(found, (about["thresholds"], about["cross_validation"])):
        sys.exit(
            "models/default was not learned from data/corpus as it is now: train it first "
            f"(different: {', '.join(differ)})."
        )
    done = Parallel(n_jobs=-1)(
        delayed(learned_and_tried)(units, tried, families, None) for families in sets.values()
    )
    runs = dict(zip(sets, done, strict=True))
    if second:
        with_encoder = learned_and_tried(units, tried, FAMILIES, second)
        runs = {"all families and the encoder": with_encoder, **runs}
    seen = views(units, [calibrated(whole, scores), calibrated(excerpt, scores)])
    draws = draw_sessions(units.groups.max() + 1)
    both = {view.name: bins(view, draws) for view in seen}
    heads = [
        f"{name}: {what}" for name in VIEWS for what in ("utterances", "predicted", "observed")
    ]
    blocks = {
        "data": data_block(about, units),
        "cross-validation": cross_validation_block(about),
        "challenge": challenge_block(),
        "ablation": ablation_block(runs),
        "reliability": table(("probability", *heads), rows(list(both.values()))),
    }
    with tempfile.TemporaryDirectory() as temporary:
        linear = Path(temporary)
        train(sessions, LEARNING).save(linear)
        blocks["encoder"] = encoder_rows(linear, {"the challenge set": read_challenge()})
        if gold:
            blocks["gold"] = gold_block(gold, about)
            real = {title.split(":")[0]: read_gold(gold, name) for name, title in GOLD.items()}
            blocks["encoder-gold"] = encoder_rows(linear, real)
    card = (MODEL / "README.md").read_text(encoding="utf-8")
    for name, block in blocks.items():
        card = put(card, name, block)
        print(f"{name}\n\n{block}\n")
    if about["sha256"][:12] not in card:
        print("The figures on real utterances are of another model: run this with --gold.")
    write_bytes(MODEL / "reliability.svg", draw(both))
    write_bytes(MODEL / "README.md", card.encode())


if __name__ == "__main__":
    main()
