"""How long reading takes in each format, and its ratio to finding the disclosures in it.

    python -m benchmarks.reading [UTTERANCES]

Files have 1,000 utterances each. Machines are noisy: compare the ratios of one run.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import tsd
from benchmarks.format_files import SESSION, WRITERS, Turn
from tsd.readers import read_file, read_sessions

REPEATS = 2
FILE_UTTERANCES = 1_000


def fastest(step: Callable[[], object]) -> float:
    """Return the shortest of some runs, in seconds of this process."""
    times = []
    for _ in range(REPEATS):
        begun = time.process_time()
        step()
        times.append(time.process_time() - begun)
    return min(times)


def long_session() -> list[Turn]:
    """Repeat the sample session, one time after the other."""
    turns: list[Turn] = []
    while len(turns) < FILE_UTTERANCES:
        later = turns[-1].end if turns else 0.0
        turns += [
            turn._replace(start=round(turn.start + later, 2), end=round(turn.end + later, 2))
            for turn in SESSION
        ]
    return turns[:FILE_UTTERANCES]


def main() -> None:
    """Measure and print."""
    utterances = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    files = max(1, utterances // FILE_UTTERANCES)
    turns, nlp = long_session(), tsd.load()
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / name.replace("/", "-") for name in WRITERS}
        for name, path in paths.items():
            path.write_bytes(WRITERS[name](turns))
        (session,) = read_sessions(paths["table.csv"])
        finding = fastest(lambda: [list(nlp.pipe([session])) for _ in range(files)])
        per = 1e5 / (files * FILE_UTTERANCES)
        print(f"seconds of one processor for 100,000 utterances, from {files} files each")
        print(f"{'finding disclosures':28} {finding * per:8.1f}")
        for name, path in paths.items():
            seconds = fastest(lambda path=path: [read_file(path) for _ in range(files)])  # type: ignore[misc]
            print(f"{name:28} {seconds * per:8.1f} {seconds / finding:7.3f} x finding")


if __name__ == "__main__":
    main()
