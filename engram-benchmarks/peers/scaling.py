"""The table of docs/performance.md on many patterns: Engram, NumPy and PyTorch one after the other, as Markdown.

A program that is named takes part with the numbers of patterns up to its limit. Lines of JSON of what was measured are kept in
FOLDER, so that programs can be measured one at a time: those not run are read from there. ENGRAM_JAVA_OPTS is Engram's."""
import argparse
import json
import math
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LAST = 3  # exponents are fitted to so many of the largest numbers
COLUMNS = {  # heading: key, factor, format
    "N": ("patterns", 1, "{:,.0f}"),
    "n": ("hidden", 1, "{:,.0f}"),
    "an update, s": ("update_seconds", 1, "{:.2f}"),
    "learn, s": ("learn_seconds", 1, "{:.2f}"),
    "write, s": ("write_seconds", 1, "{:.2g}"),
    "file, MB": ("file_bytes", 1e-6, "{:.0f}"),
    "complete, ms a cue": ("complete_seconds_per_cue", 1e3, "{:.2f}"),
    "one query, ms": ("query_seconds", 1e3, "{:.1f}"),
    "resident, GB": ("peak_resident_bytes", 1e-9, "{:.2f}"),
}
NOT_FITTED = ("N", "n")


def engram(sizes, options):
    command = [options.engram, "bench", "scaling", "--by", "patterns", "--json"]
    command += ["--sizes", ",".join(map(str, sizes)), "--sensory", str(options.sensory)]
    command += ["--threads", str(options.threads)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["sizes"]


def peer(script):
    def run(sizes, options):
        threads = str(options.threads)
        variables = {name: threads for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
        command = [sys.executable, os.path.join(HERE, script), *map(str, sizes), "--sensory", str(options.sensory)]
        lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, **variables}).stdout
        return [json.loads(line) for line in lines.splitlines()]

    return run


PROGRAMS = {"engram": engram, "numpy": peer("numpy_closed_form.py"), "torch": peer("torch_training.py")}


def exponent(rows, key):
    """p of c N^p, by least squares of logarithms."""
    x = [math.log(row["patterns"]) for row in rows]
    y = [math.log(row[key]) for row in rows]
    mean = sum(x) / len(x)
    return sum((a - mean) * b for a, b in zip(x, y)) / sum((a - mean) ** 2 for a in x)


def back(row, done, of):
    return "{:.0f} %".format(100 * row[done] / row[of]) if done in row else ""


def number(value, form):
    return "{:,.0f}".format(value) if value >= 1000 else form.format(value)


def table(name, rows):
    columns = {heading: column for heading, column in COLUMNS.items() if column[0] in rows[0]}
    print(f"\n{name}\n")
    print("| " + " | ".join(columns) + " | regenerated | completed |")
    print("|---" * (len(columns) + 2) + "|")
    for row in rows:
        cells = [number(factor * row[key], form) for key, factor, form in columns.values()]
        cells += [back(row, "regenerated", "audited"), back(row, "completed", "cues")]
        print("| " + " | ".join(cells) + " |")
    if len(rows) > 1:
        last = rows[-LAST:]
        first = "exponent, {:,} to {:,}".format(last[0]["patterns"], last[-1]["patterns"])
        fitted = ["{:.2f}".format(exponent(last, key)) for head, (key, _, _) in columns.items() if head not in NOT_FITTED]
        print("| " + " | ".join([first, "", *fitted]) + " | | |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="*", metavar="PROGRAM", help="engram, numpy, torch (all)")
    parser.add_argument("--most", type=int, default=16000, help="the most patterns: 250 doubled up to this (16000)")
    parser.add_argument("--most-torch", type=int, default=4000, help="the same for PyTorch (4000)")
    parser.add_argument("--sensory", type=int, default=12288, help="values of a pattern (12288)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="(one per processor)")
    parser.add_argument("--engram", default=os.path.join(HERE, "..", "..", "engram"), help="the command")
    parser.add_argument("-o", "--output", metavar="FOLDER", default="scaling", help="where the lines are kept (scaling)")
    options = parser.parse_args()
    unknown = set(options.programs) - set(PROGRAMS)
    if unknown:
        parser.error("unknown: %s; there are %s" % (", ".join(sorted(unknown)), ", ".join(PROGRAMS)))
    os.makedirs(options.output, exist_ok=True)
    for name, run in PROGRAMS.items():
        kept = os.path.join(options.output, name + ".jsonl")
        if name in (options.programs or PROGRAMS):
            most = min(options.most, options.most_torch) if name == "torch" else options.most
            rows = run([250 << k for k in range(30) if 250 << k <= most], options)
            with open(kept, "w") as file:
                file.writelines(json.dumps(row) + "\n" for row in rows)
    for name in PROGRAMS:
        kept = os.path.join(options.output, name + ".jsonl")
        if os.path.exists(kept):
            with open(kept) as file:
                table(name, [json.loads(line) for line in file])


if __name__ == "__main__":
    main()
