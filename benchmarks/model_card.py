"""Makes the figures of the default model's card: tables between its markers, and a diagram.

    python benchmarks/model_card.py [--gold DIR]

Run it after `models/default` was trained again. It cross-validates as `tsd train` does, nine times
(some minutes), and refuses a model that was not learned from `data/corpus` as it is. DIR holds real
utterances that cannot be published; without it their block stays, and a warning is shown if it is
of another model. Only counts and figures of them are printed or kept.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from reliability import View, bins, draw, rows
from sklearn.metrics import average_precision_score, precision_recall_curve

import tsd
from tsd.batch.reading import read_annotated
from tsd.classify.estimator import FAMILIES, calibrated
from tsd.files import write_bytes
from tsd.learn.examples import ExampleUnits, example_units
from tsd.learn.figures import Scores, figures
from tsd.learn.thresholds import by_utterance, calibrators, natural_units, operating_points
from tsd.learn.training import out_of_fold
from tsd.settings import Learning, Measuring
from tsd.stats import Counts, Flags, Floats, resamples_of

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "models" / "default"
LEARNING, MEASURING = Learning(), Measuring()
VIEWS, RATES = ("whole sessions", "excerpts"), (LEARNING.natural_rate, None)
TOLERANCE = 2e-3
GOLD = {
    "annomi": "AnnoMI: transcribed counseling demonstrations, whole sessions, natural rate",
    "esconv": "ESConv: typed peer support, single lines, enriched for disclosures",
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


def cross_validate(units: ExampleUnits, families: Sequence[str]) -> tuple[Any, Any, list[Floats]]:
    """Cross-validate with some feature families.

    Returns the scores, the types, and for each view the average precision: in the data, then
    in each of the draws of sessions.
    """
    scores, types = out_of_fold(units, LEARNING, families)
    draws = draw_sessions(units.groups.max() + 1)
    found = []
    for (_, y, p, session, _), rate in zip(views(units, (scores, scores)), RATES, strict=True):
        weights = (weigh(y, times[session].astype(float), rate) for times in draws)
        found.append(np.array([average_precision_score(y, p, sample_weight=w) for w in weights]))
    return scores, types, found


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
        "whole sessions": sessions,
        "... therapist utterances in them": len(set(units.utterances[whole])),
        "excerpts": data["sessions"] - sessions,
        "units": data["units"],
        "... that disclose": data["disclosing_units"],
    }
    return table(("the corpus", "count"), [(name, f"{n:,}") for name, n in counts.items()])


def cross_validation_block(about: dict[str, Any]) -> str:
    """Show the figures from the model's metadata."""
    found = about["cross_validation"]
    both = [found["at_natural_rate"], found["in_excerpts"]]
    pairs = {"threshold": (about["threshold"], about["excerpt_threshold"])}
    pairs |= {name.replace("_", " "): [view[name] for view in both] for name in both[0]}
    lines = [(name, *(f"{value:.4f}" for value in pair)) for name, pair in pairs.items()]
    accuracy = f"Type accuracy, for disclosing units with one type: {found['type_accuracy']:.4f}."
    return f"{table(('figure', *VIEWS), lines)}\n\n{accuracy}"


def ablation_block(units: ExampleUnits, runs: dict[tuple[str, ...], Any]) -> str:
    """Compare the feature families; intervals are of the difference from all of them."""
    lines, typed = [], units.types != ""
    for families, (_, types, found) in runs.items():
        cells = [f"{each[0]:.3f}" for each in found]
        if families == FAMILIES:
            name = "all four families"
        else:
            left_out = [name for name in FAMILIES if name not in families]
            name = f"without {left_out[0]}" if len(left_out) == 1 else f"{families[0]} alone"
            for number, (each, all_) in enumerate(zip(found, runs[FAMILIES][2], strict=True)):
                low, high = np.percentile((each - all_)[1:], [2.5, 97.5])
                cells[number] += f" ({low:+.3f} to {high:+.3f})"
        accuracy = (types == units.types)[typed].mean()
        lines.append((name, *cells, f"{accuracy:.3f}"))
    return table(
        ("features", *(f"average precision, {view}" for view in VIEWS), "type accuracy"), lines
    )


def gold_scores(folder: Path, name: str) -> pd.DataFrame:
    """Run the library on one gold file, without its labels, and put both side by side."""
    gold = pd.read_csv(folder / f"{name}_dev.csv", keep_default_na=False, dtype=str)
    if name == "annomi":
        gold["group"] = gold["session_id"]
        transcript = gold.drop(columns=["label", "also", "flags", "group"])
        gold = gold[gold["speaker"] == "therapist"]
    else:
        gold = gold.assign(group=gold["session"], session_id=gold["id"], utterance_id="target")
        other = "client" if name == "esconv" else "therapist"
        lines = []
        for item in gold.itertuples():
            lines += [(item.id, "before", other, item.prev)] if item.prev else []
            lines += [(item.id, "target", "therapist", item.text)]
            if item.next and name == "esconv":
                lines += [(item.id, "after", other, item.next)]
        transcript = pd.DataFrame(lines, columns=["session_id", "utterance_id", "speaker", "text"])
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / f"{name}.csv"
        transcript.to_csv(file, index=False)
        found = tsd.analyze_corpus(file).utterances
    keys = ["session_id", "utterance_id"]
    found = found[[*keys, "p_disclosure", "is_disclosure", "label"]]
    found = found.astype(dict.fromkeys(keys, str))
    gold = gold.loc[gold["label"] != "ambiguous", [*keys, "group", "label", "also"]]
    both = gold.merge(found, on=keys, how="left", suffixes=("", "_found"), validate="one_to_one")
    if both["is_disclosure"].isna().any():
        sys.exit(f"{name}: some gold utterances are missing from what was analyzed")
    return both.sort_values("p_disclosure", ascending=False, kind="stable")


def gold_block(folder: Path, about: dict[str, Any]) -> str:
    """Measure the model on real utterances."""
    lines = []
    for name, title in GOLD.items():
        both = gold_scores(folder, name)
        y, p = both["label"].to_numpy() != "none", both["p_disclosure"].to_numpy(dtype=float)
        flagged = both["is_disclosure"].to_numpy(dtype=bool)
        session = pd.factorize(both["group"], sort=True)[0]
        scores = Scores(session, y, flagged, p)
        made = figures(scores, MEASURING.resamples, MEASURING.seed)
        f1 = made.pop("f1")
        precision, recall, _ = precision_recall_curve(y, p)
        best = (2 * precision * recall / np.maximum(precision + recall, 1e-9)).max()
        hits = both[y & flagged]
        right = [
            found == label or found in also.split(",")
            for found, label, also in hits[["label_found", "label", "also"]].to_numpy()
        ]
        cells = [f"{f1.value:.2f} ({f1.low:.2f} to {f1.high:.2f})"]
        cells += [f"{figure.value:.2f}" for figure in made.values()]
        lines.append(
            (title, f"{len(y):,}", y.sum(), *cells, f"{best:.2f}", f"{np.mean(right):.2f}")
        )
    header = ("source", "utterances", "disclosing", "F1 (95% interval)", "precision", "recall")
    header += ("average precision", "best F1", "type accuracy")
    return f"{table(header, lines)}\n\nMeasured on the model with hash `{about['sha256'][:12]}`."


def same(*made: tuple[float, float, dict[str, Any]]) -> bool:
    """Return whether figures are the same, up to what library versions change."""
    one, other = (
        pd.json_normalize({"whole": whole, "excerpt": excerpt, **about, "type_accuracy": 0}).iloc[0]
        for whole, excerpt, about in made
    )
    return set(one.index) == set(other.index) and np.allclose(one, other[one.index], 0, TOLERANCE)


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
    units = example_units(read_annotated([ROOT / "data" / "corpus"]))
    sets = [FAMILIES]
    sets += [tuple(f for f in FAMILIES if f != name) for name in FAMILIES]
    sets += [(name,) for name in FAMILIES]
    done = Parallel(n_jobs=-1)(delayed(cross_validate)(units, families) for families in sets)
    runs = dict(zip(sets, done, strict=True))
    scores, rate, fewest = done[0][0], LEARNING.natural_rate, LEARNING.fewest
    whole, excerpt = calibrators(scores, units, rate, fewest)
    found = operating_points(
        scores, whole, excerpt, units, rate=rate, slack=LEARNING.slack, fewest=fewest
    )
    if not same(found, (about["threshold"], about["excerpt_threshold"], about["cross_validation"])):
        sys.exit("models/default was not learned from data/corpus as it is now: train it first.")
    seen = views(units, [calibrated(whole, scores), calibrated(excerpt, scores)])
    draws = draw_sessions(units.groups.max() + 1)
    both = {view.name: bins(view, draws) for view in seen}
    heads = [
        f"{name}: {what}" for name in VIEWS for what in ("utterances", "predicted", "observed")
    ]
    blocks = {
        "data": data_block(about, units),
        "cross-validation": cross_validation_block(about),
        "ablation": ablation_block(units, runs),
        "reliability": table(("probability", *heads), rows(list(both.values()))),
    }
    if gold:
        blocks["gold"] = gold_block(gold, about)
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
