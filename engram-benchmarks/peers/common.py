"""What the scripts of this folder share: the patterns, the size of the memory, the known part, the clock, one line of JSON for each N."""
import argparse
import json
import os
import resource
import sys
import tempfile
import time

import numpy as np
from scipy.signal import lfilter

CORRELATION_LENGTH = 256  # values; these and the recipe are those of `engram bench scaling --by patterns`
DEVIATION = 1 / 8
MOST_CUES = 256
THRESHOLD = 0.001  # mean squared error below which a pattern has come back


def draw(count, values, seed):
    """Smooth, independent patterns in [0, 1]: random walks that are drawn back to the middle, [count, values]."""
    rng = np.random.default_rng(seed)
    kept = 1 - 1 / CORRELATION_LENGTH
    fresh = np.float32((1 - kept * kept) ** 0.5)
    x = np.empty((count, values), np.float32)
    for at in range(0, count, 500):  # in parts, so that nothing of the size of x stands beside it
        g = rng.standard_normal((min(500, count - at), values), dtype=np.float32)
        g[:, 0] /= fresh
        v = lfilter(np.array([fresh]), np.array([1, -kept], np.float32), g, axis=1)
        x[at : at + 500] = np.clip(0.5 + DEVIATION * v, 0, 1)
    return x


def hidden(count, values):
    """Units of the memory: a tenth more than the patterns can span, and 16."""
    spanned = min(count, values)
    return spanned + -(-spanned // 10) + 16


def known(values):
    """How many values of a cue are known: the first quarter."""
    return max(1, values // 4)


def timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def median_query(ask, queries):
    """Seconds of one query; the first does not count."""
    return float(np.median([timed(lambda: ask(i))[1] for i in range(queries + 1)][1:]))


def written(write):
    """Seconds and bytes of a file that write(path) writes; it is deleted again."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "memory")
        seconds = timed(lambda: write(path))[1]
        return seconds, sum(entry.stat().st_size for entry in os.scandir(folder))


def recovered(x, answers):
    return int(((answers - x) ** 2).mean(1).__lt__(THRESHOLD).sum())


def peak():
    """Bytes: the high-water mark of the process so far (sizes run in ascending order)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main(doc, measure, warm_up, **more):
    """Reads the options, runs a size that does not count, and prints a line for each N."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", metavar="N", type=int, nargs="+", help="numbers of patterns")
    parser.add_argument("--sensory", metavar="D", type=int, default=12288, help="values of a pattern (12288)")
    parser.add_argument("--seed", metavar="S", type=int, default=0)
    parser.add_argument("--repeat", metavar="R", type=int, default=10, help="measured queries (10)")
    for name, (default, text) in more.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(default), default=default, help=text)
    options = parser.parse_args()
    if warm_up:
        measure(min(warm_up, *options.sizes), options)
    for count in sorted(options.sizes):
        row = {"patterns": count, "hidden": hidden(count, options.sensory)}
        row.update(measure(count, options))
        row["peak_resident_bytes"] = peak()
        print(json.dumps(row), flush=True)
