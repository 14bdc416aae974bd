"""The covariance memory beside scikit-learn on tables: missing cells, rows with one column off. Prints the tables of docs/tables.md.

Needs NumPy and scikit-learn 1.9, and target/classes or the jar of engram-benchmarks and its libraries on the class path given."""
import argparse
import os
import subprocess
import tempfile
import time
import warnings

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.ensemble import IsolationForest
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer
from sklearn.metrics import roc_auc_score

OFF = 5  # standard deviations


def california_like(count=4000, seed=0):
    """Blocks of houses: skewed incomes, sizes and populations, places around five cities, a capped value."""
    r = np.random.default_rng(seed)
    city = r.integers(0, 5, count)
    lat0 = np.array([34, 37.7, 36.7, 38.5, 33])[city]
    lat = lat0 + 0.35 * r.standard_normal(count)
    lon = np.array([-118.2, -122.3, -119.7, -121.5, -117.1])[city] - 0.3 * (lat - lat0) + 0.3 * r.standard_normal(count)
    income = np.exp(1.25 + 0.45 * r.standard_normal(count) + 0.15 * (city == 1))
    age = np.clip(28 + 12 * r.standard_normal(count), 1, 52)
    rooms = np.exp(1.6 + 0.18 * np.log(income) + 0.15 * r.standard_normal(count))
    bedrooms = 1.05 + 0.02 * (rooms - 5) + 0.06 * abs(r.standard_normal(count))
    people = np.exp(7.1 - 0.008 * age + 0.6 * r.standard_normal(count))
    occupancy = np.exp(1.05 - 0.05 * np.log(income) + 0.2 * r.standard_normal(count))
    value = np.clip(0.3 + 0.42 * income + 0.006 * age + 0.35 * (city == 1) + 0.5 * r.standard_normal(count), 0.15, 5)
    return np.c_[income, age, rooms, bedrooms, people, occupancy, lat, lon, value]


def engram(class_path, learned, asked):
    """Filled rows, novelty, the column named first, and the facts of TableWorker."""
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, n) for n in ("learned", "asked")]
        for name, rows in zip(names, (learned, asked)):
            np.ascontiguousarray(rows, "<f4").tofile(name)
        worker = "dev.engram.benchmarks.TableWorker"
        subprocess.run(["java", "-cp", class_path, worker, str(asked.shape[1]), *names], check=True)
        filled, novelty, first = (np.fromfile(names[1] + e, t) for e, t in ((".filled", "<f4"), (".novelty", "<f8"), (".first", "<i4")))
        with open(names[1] + ".facts") as facts:
            return filled.reshape(asked.shape), novelty, first, [float(f) for f in facts.read().split()]


def timed(task):
    start = time.perf_counter()
    return task(), time.perf_counter() - start


def scattered(class_path, rows, share, seed):
    missing = np.random.default_rng(seed).random(rows.shape) < share
    missing[missing.all(1), 0] = False
    holed = np.where(missing, np.nan, rows).astype(np.float32)
    ours, _, _, facts = engram(class_path, holed, holed)
    iterative, seconds = timed(lambda: IterativeImputer(random_state=0).fit_transform(holed))
    answers = [ours, iterative, KNNImputer().fit_transform(holed), np.where(missing, np.nanmean(holed, 0), holed)]
    return [np.sqrt(np.mean((a - rows)[missing] ** 2)) for a in answers], facts[0] + facts[1], seconds


def column(class_path, learned, asked):
    """Each column in turn is missing in all rows asked about; scikit-learn's imputer, which learns only where something is missing, sees them too."""
    squares = [[], [], [], []]
    neighbours = KNNImputer().fit(learned)
    for j in range(learned.shape[1]):
        holed = asked.copy()
        holed[:, j] = np.nan
        iterative = IterativeImputer(random_state=0).fit(np.r_[learned, holed]).transform(holed)
        answers = [engram(class_path, learned, holed)[0], iterative, neighbours.transform(holed)]
        means = np.where(np.isnan(holed), learned.mean(0), holed)
        for kept, answer in zip(squares, [*answers, means]):
            kept.append((answer[:, j] - asked[:, j]) ** 2)
    return [np.sqrt(np.mean(s)) for s in squares]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("class_path")
    class_path = parser.parse_args().class_path
    warnings.simplefilter("ignore")
    tables = {
        "breast cancer": load_breast_cancer().data,
        "wine": load_wine().data,
        "diabetes": load_diabetes().data,
        "California-like": california_like(),
    }
    print("| table | missing | covariance | iterative | 5 nearest | means | covariance takes | iterative takes |")
    print("|---|---|---|---|---|---|---|---|")
    odd = []
    for name, table in tables.items():
        rows = ((table - table.mean(0)) / table.std(0)).astype(np.float32)
        for share in (0.1, 0.3):
            runs = [scattered(class_path, rows, share, seed) for seed in (1, 2, 3)]
            errors = np.mean([r[0] for r in runs], 0)
            ours, theirs = np.mean([r[1] for r in runs]), np.mean([r[2] for r in runs])
            print(f"| {name} | {share:.0%} | " + " | ".join(f"{e:.3f}" for e in errors) + f" | {ours:.3f} s | {theirs:.2f} s |", flush=True)
        r = np.random.default_rng(0)
        order = r.permutation(len(rows))
        learned, asked = rows[order[: len(rows) // 2]], rows[order[len(rows) // 2 :]]
        print(f"| {name} | a column | " + " | ".join(f"{e:.3f}" for e in column(class_path, learned, asked)) + " | | |", flush=True)
        moved = np.arange(len(asked)) % rows.shape[1]
        off = asked.copy()
        off[np.arange(len(asked)), moved] += np.where(r.random(len(asked)) < 0.5, -OFF, OFF)
        _, novelty, first, facts = engram(class_path, learned, np.r_[asked, off])
        is_odd = np.r_[np.zeros(len(asked)), np.ones(len(asked))]
        forest = -IsolationForest(random_state=0).fit(learned).score_samples(np.r_[asked, off])
        alarms = [np.mean(novelty[: len(asked)] > t) for t in facts[2:]]
        odd.append(
            f"| {name} | {roc_auc_score(is_odd, novelty):.3f} | {roc_auc_score(is_odd, forest):.3f} | "
            f"{np.mean(first[len(asked):] == moved):.1%} | {alarms[0]:.1%} | {alarms[1]:.1%} |"
        )
    print("\n| table | AUROC, covariance | AUROC, isolation forest | odd column first | alarms at 1 % | at 5 % |")
    print("|---|---|---|---|---|---|")
    print("\n".join(odd))


if __name__ == "__main__":
    main()
