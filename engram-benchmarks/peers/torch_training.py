"""What a two-layer memory of N patterns costs the usual way in plain PyTorch: Algorithm 1 on all patterns at once, T inference
steps of a fixed gamma before each weight update by Adam; completion by inference steps on the known quarter, then a read-out.

No network is trained: the time of a step does not depend on the values of the weights. A few inference steps and a weight
update are measured, and update_seconds is T steps and one weight update; learn_seconds is that for all --updates,
complete_seconds_per_cue and query_seconds that of all --recall-steps. The default of --updates is what 50 pictures
(CIFAR-10, n = 512, rate 1e-4) had been given when 84 % of them came back from their upper half, and 2 % from a quarter; whether
N patterns need more is not known here."""
import torch

import common as c

torch.set_grad_enabled(False)
RATE, BETA1, BETA2, TINY = 1e-4, 0.9, 0.999, 1e-8
FEWEST_STEPS = 2


class Network:
    def __init__(self, n, d, seed):
        torch.manual_seed(seed)
        bound = n**-0.5
        self.w = torch.empty(n, d).uniform_(-bound, bound)
        self.b = torch.empty(n).uniform_(-bound, bound) + 0.1
        self.moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in (self.w, self.b)]
        self.updates = 0

    def update(self, x, h):
        """Adam on the gradient of E with respect to W and b."""
        rates = h.clamp(min=0)
        error = torch.addmm(x, rates, self.w, alpha=-1)
        self.updates += 1
        for p, g, (m, v) in zip((self.w, self.b), (rates.t() @ error, (h - self.b).sum(0)), self.moments):
            m.mul_(BETA1).add_(g, alpha=1 - BETA1)
            v.mul_(BETA2).addcmul_(g, g, value=1 - BETA2)
            root = (v / (1 - BETA2**self.updates)).sqrt_().add_(TINY)
            p.addcdiv_(m, root, value=RATE / (1 - BETA1**self.updates))


class Inference:
    """Steps of h along -dE/dh for patterns x that are predicted by the weights w."""

    def __init__(self, x, w, b):
        self.x, self.w, self.b = x, w, b
        self.gamma = min(0.1, 1 / (1 + largest_eigenvalue(w)))
        self.h = b.expand(len(x), -1).clone()
        self.rates, self.back = torch.empty_like(self.h), torch.empty_like(self.h)
        self.error = torch.empty_like(x)

    def step(self):
        torch.clamp(self.h, min=0, out=self.rates)
        torch.addmm(self.x, self.rates, self.w, alpha=-1, out=self.error)
        torch.mm(self.error, self.w.t(), out=self.back)
        self.back.mul_(self.rates.sign_()).add_(self.b)
        self.h.mul_(1 - self.gamma).add_(self.back, alpha=self.gamma)


def largest_eigenvalue(w):
    """Of W W', by power iteration: a larger gamma than 2 / (1 + it) diverges."""
    v = torch.ones(len(w)) / len(w) ** 0.5
    for _ in range(15):
        v = w @ (w.t() @ v)
        size = float(v.norm())
        v /= size
    return size


def seconds_per_step(inference, patience):
    """After a step that does not count."""
    first = c.timed(inference.step)[1]
    steps = max(FEWEST_STEPS, min(50, int(patience / max(first, 1e-6))))
    return c.timed(lambda: [inference.step() for _ in range(steps)])[1] / steps


def measure(count, options):
    d, n, k = options.sensory, c.hidden(count, options.sensory), c.known(options.sensory)
    x = torch.from_numpy(c.draw(count, d, options.seed))
    network = Network(n, d, options.seed)
    learning = Inference(x, network.w, network.b)
    step = seconds_per_step(learning, options.patience)
    update = c.timed(lambda: network.update(x, learning.h))[1]
    write, size = c.written(lambda path: torch.save({"w": network.w, "b": network.b}, path))
    known = network.w[:, :k].contiguous()
    cues = min(count, c.MOST_CUES)
    together = seconds_per_step(Inference(x[:cues, :k].contiguous(), known, network.b), options.patience)
    alone = seconds_per_step(Inference(x[:1, :k].contiguous(), known, network.b), options.patience)
    read_out = c.timed(lambda: learning.h[:1].clamp(min=0) @ network.w)[1]
    each = options.inference_steps * step + update
    return {
        "learn_seconds": options.updates * each,
        "updates": options.updates,
        "update_seconds": each,
        "step_seconds": step,
        "write_seconds": write,
        "file_bytes": size,
        "cues": cues,
        "complete_seconds_per_cue": (options.recall_steps * together) / cues,
        "query_seconds": options.recall_steps * alone + read_out,
    }


if __name__ == "__main__":
    c.main(
        __doc__,
        measure,
        250,
        updates=(6801, "weight updates of a whole training (6801)"),
        inference_steps=(32, "T, inference steps before each (32)"),
        recall_steps=(3000, "inference steps of a completion (3000)"),
        patience=(3.0, "about how many seconds steps are measured for (3)"),
    )
