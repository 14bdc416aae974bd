"""What a two-layer memory of N patterns costs in NumPy and SciPy, in closed form.

Codes: b = 1 and normal noise of standard deviation 0.02, made orthogonal where there are no more patterns than units; so
every unit is active in every pattern. Weights: the ridge solution that predicts the patterns from the rates of their codes,
on the smaller side. Up to d patterns they are kept as the patterns X and a factor Q, W = Q' X; beyond as the matrix W.
Completion: the equilibrium of E = |x - f(h) W|^2 / 2 over the known quarter + lambda |h - b|^2 / 2 with lambda = 1e-6, where
annealing ends. With all units active it is a linear system, the same for all cues, factorised once; units_below_zero
counts those for which that did not hold. Learning includes an audit: at most 500 patterns generated from their codes."""
import numpy as np
import scipy.linalg as sl

import common as c

NOISE, RIDGE, PRIOR = 0.02, 1e-5, 1e-6
AUDITED = 500


def cholesky(a):
    return sl.cho_factor(a, lower=True, overwrite_a=True, check_finite=False)


def solve(factor, rhs):
    return sl.cho_solve(factor, rhs, overwrite_b=True, check_finite=False)


class Memory:
    """f(h) W with W = Q' X, or W itself where Q is None."""

    def __init__(self, x, n, seed):
        count = len(x)
        z = np.random.default_rng(seed + 1).standard_normal((count, n), dtype=np.float32)
        if count <= n:
            lower = np.linalg.cholesky((z @ z.T).astype(np.float64)).astype(np.float32)
            z = sl.solve_triangular(lower, z, lower=True, overwrite_b=True, check_finite=False) * np.float32(n**0.5)
        f = 1 + np.float32(NOISE) * z
        del z
        few = count <= n
        gram = (f @ f.T if few else f.T @ f).astype(np.float64)
        gram[np.diag_indices_from(gram)] += RIDGE * float((f * f).sum(dtype=np.float64)) / count
        if few:
            self.q = solve(cholesky(gram), f.astype(np.float64)).astype(np.float32)
            self.x = x
        else:
            self.q, self.x = None, solve(cholesky(gram), (f.T @ x).astype(np.float64)).astype(np.float32)
        some = min(count, AUDITED)
        self.audited, self.regenerated = some, c.recovered(x[:some], self.generate(f[:some]))
        self.n = n

    def generate(self, f):
        return (f if self.q is None else f @ self.q.T) @ self.x

    def write(self, path):
        np.savez(path, x=self.x, **({} if self.q is None else {"q": self.q}))


class Completion:
    """What cues with the same known part share; in doubles, for in floats the rounding is larger than lambda."""

    def __init__(self, memory, k):
        self.memory, self.k = memory, k
        w = memory.x[:, :k] if memory.q is None else memory.q.T @ memory.x[:, :k]
        self.w = w.astype(np.float64)
        self.rest = self.w.sum(0)  # what b = 1 predicts
        self.small = k < memory.n
        system = self.w.T @ self.w if self.small else self.w @ self.w.T
        system[np.diag_indices_from(system)] += PRIOR
        self.factor = cholesky(system)
        self.below = 0

    def __call__(self, cues):
        left = (cues[:, : self.k] - self.rest).T
        moved = self.w @ solve(self.factor, left) if self.small else solve(self.factor, self.w @ left)
        h = 1 + moved.T.astype(np.float32)
        self.below += int((h < 0).sum())
        answers = self.memory.generate(np.maximum(h, 0))
        answers[:, : self.k] = cues[:, : self.k]
        return answers


def measure(count, options):
    d = options.sensory
    x = c.draw(count, d, options.seed)
    memory, learn = c.timed(lambda: Memory(x, c.hidden(count, d), options.seed))
    write, size = c.written(lambda path: memory.write(path + ".npz"))
    cues = x[: c.MOST_CUES]

    def complete():
        shared = Completion(memory, c.known(d))
        return shared, shared(cues)

    (shared, answers), seconds = c.timed(complete)
    query = c.median_query(lambda i: shared(x[i % count][None]), options.repeat)
    return {
        "learn_seconds": learn,
        "write_seconds": write,
        "file_bytes": size,
        "cues": len(cues),
        "complete_seconds_per_cue": seconds / len(cues),
        "query_seconds": query,
        "audited": memory.audited,
        "regenerated": memory.regenerated,
        "completed": c.recovered(cues, answers),
        "units_below_zero": shared.below,
    }


if __name__ == "__main__":
    c.main(__doc__, measure, 250)
