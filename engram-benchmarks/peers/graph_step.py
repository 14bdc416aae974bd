"""A literal step of fixed predictions in the CNN of docs/performance.md beside PyTorch by hand, in turn. Prints milliseconds and ratios.

Needs PyTorch, and target/classes or the jar of engram-benchmarks and its libraries on the class path given. Pin it with taskset for one
thread. Ours has the feed-forward pass and the weight gradients in it, PyTorch's only the steps."""
import argparse
import statistics
import subprocess
import time

import torch
import torch.nn.functional as F

BATCH, STEPS, ETA = 64, 100, 0.1


class ByHand:
    """Values and slopes of the feed-forward pass, and errors that move in place: no autograd, nothing allocated that torch can do without."""

    def __init__(self, scatter):
        torch.manual_seed(0)
        shapes = [(6, 3, 5, 5), (16, 6, 5, 5), (200, 1600), (150, 200), (10, 150)]
        w1, self.w2, self.w3, self.w4, self.w5 = (0.05 * torch.randn(shape) for shape in shapes)
        conv1 = F.conv2d(torch.randn(BATCH, 3, 32, 32), w1).relu_()
        pool, place = F.max_pool2d(conv1, 2, return_indices=True)
        conv2 = F.conv2d(pool, self.w2).relu_()
        full1 = (conv2.flatten(1) @ self.w3.T).relu_()
        full2 = (full1 @ self.w4.T).relu_()
        self.output = torch.randn(BATCH, 10) - full2 @ self.w5.T
        self.values = [conv1, pool, conv2, full1, full2]
        self.slopes = [(v > 0).float() for v in (conv2, full1, full2)]
        self.errors = [torch.zeros_like(v) for v in self.values]
        self.deltas = [torch.empty_like(v) for v in (conv2, full1, full2)]
        self.feedback = [torch.empty(BATCH, n) for n in (1600, 200, 150)]
        planes = conv1[0, 0].numel() * torch.arange(BATCH * 6)
        self.place = place.view(BATCH * 6, -1)
        self.flat = (self.place + planes[:, None]).flatten()
        self.scatter = scatter

    def step(self):
        conv1, pool, conv2, full1, full2 = self.errors
        to_conv2, to_full1, to_full2 = self.feedback
        torch.mm(self.output, self.w5, out=to_full2)
        torch.mm(torch.mul(full2, self.slopes[2], out=self.deltas[2]), self.w4, out=to_full1)
        torch.mm(torch.mul(full1, self.slopes[1], out=self.deltas[1]), self.w3, out=to_conv2)
        to_pool = F.conv_transpose2d(torch.mul(conv2, self.slopes[0], out=self.deltas[0]), self.w2)
        conv1.mul_(1 - ETA)
        if self.scatter == "index_add":
            conv1.view(-1).index_add_(0, self.flat, pool.view(-1), alpha=ETA)
        else:
            conv1.view(BATCH * 6, -1).scatter_add_(1, self.place, (ETA * pool).view(BATCH * 6, -1))
        pool.lerp_(to_pool, ETA)
        conv2.view(BATCH, -1).lerp_(to_conv2, ETA)
        full1.lerp_(to_full1, ETA)
        full2.lerp_(to_full2, ETA)

    def batch(self):
        start = time.perf_counter()
        for _ in range(STEPS):
            self.step()
        return (time.perf_counter() - start) / STEPS


class Ours:
    def __init__(self, class_path, threads, kind):
        command = ["java", "-cp", class_path, "dev.engram.benchmarks.GraphStepWorker", str(threads), kind]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def batch(self):
        self.process.stdin.write("batch\n")
        return int(self.process.stdout.readline()) / 1e9 / STEPS


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("class_path")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--kind", default="stepped", choices=["stepped", "watched", "summed"])
    parser.add_argument("--warm", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_grad_enabled(False)
    print(f"torch {torch.__version__}, {options.threads} thread(s)")
    racers = {"ours": Ours(options.class_path, options.threads, options.kind)}
    racers.update({f"by hand, {scatter}": ByHand(scatter) for scatter in ("index_add", "scatter_add")})
    times = {name: [] for name in racers}
    for number in range(options.warm + options.rounds):
        order = list(racers) if number % 2 else list(racers)[::-1]
        for name in order:
            seconds = racers[name].batch()
            if number >= options.warm:
                times[name].append(seconds)
    ours = times.pop("ours")
    print(f"ours: minimum {1e3 * min(ours):.3f} ms, median {1e3 * statistics.median(ours):.3f} ms")
    for name, theirs in times.items():
        pairs = statistics.median(a / b for a, b in zip(ours, theirs))
        print(f"{name}: minimum {1e3 * min(theirs):.3f} ms, median {1e3 * statistics.median(theirs):.3f} ms; "
              f"ours / theirs {min(ours) / min(theirs):.2f} (minima), {pairs:.2f} (median of pairs)")


main()
