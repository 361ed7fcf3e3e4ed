"""Writes values.json beside this file: what Limber's numbers are compared with, in float64.

Nothing here is Limber's. Run it with Python 3, JAX (0.10.2 made the stored file) and NumPy, on a CPU:

    python recipe.py

All inputs are multiples of 1/256, so that float32 holds them exactly. Parameters are flat, layer by layer, a kernel
before its bias; kernels are [in, out] or [height, width, in, out].
"""
import json
import pathlib

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)

ROWS, ACTIONS, DISCOUNT, HUBER, FEATURE_RANK, DORMANT = 10, 3, 0.875, 1.25, 0.01, 0.025
ADAM = {"steps": 10, "learning-rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-4}
rng = np.random.default_rng(20231)


def exact(shape, scale=1.0):
    return np.round(256 * scale * rng.standard_normal(shape)) / 256


class Network:
    """Layers: ("dense", in, out) or ("conv", size, in, out, stride, padding); ReLU between them."""

    def __init__(self, input_shape, layers):
        self.input_shape, self.layers = input_shape, layers
        self.shapes = []
        for kind, *sizes in layers:
            self.shapes.append((sizes[0], sizes[0], sizes[1], sizes[2]) if kind == "conv" else tuple(sizes))
        self.size = sum(int(np.prod(s)) + s[-1] for s in self.shapes)

    def split(self, p):
        parts, at = [], 0
        for shape in self.shapes:
            n = int(np.prod(shape))
            parts.append((p[at : at + n].reshape(shape), p[at + n : at + n + shape[-1]]))
            at += n + shape[-1]
        return parts

    def run(self, p, x):
        """Outputs, and what enters and leaves each ReLU."""
        before, after = [], []
        x = x.reshape((-1, *self.input_shape))
        for i, ((kind, *sizes), (kernel, bias)) in enumerate(zip(self.layers, self.split(p))):
            if kind == "conv":
                stride, padding = sizes[3:]
                order = ("NHWC", "HWIO", "NHWC")
                x = jax.lax.conv_general_dilated(x, kernel, (stride, stride), padding, dimension_numbers=order) + bias
            else:
                x = x.reshape((len(x), -1)) @ kernel + bias
            if i < len(self.layers) - 1:
                before.append(x)
                x = jnp.maximum(x, 0)
                after.append(x)
        return x, before, after

    def __call__(self, p, x):
        return self.run(p, x)[0]


def losses(f, p0, x, noise, targets, actions, bootstrap):
    """Loss of each row, as functions of the parameters; the paper's eq 4, appendix A.1 and eq 1."""
    own = f(p0, x)
    taken = lambda p: f(p, x)[jnp.arange(ROWS), actions] - bootstrap
    small = lambda e: jnp.abs(e) <= HUBER
    return {
        "probe": lambda p: jnp.mean((f(p, x) - targets) ** 2, axis=1),
        "curvature": lambda p: jnp.sum((f(p, x) - own - noise) ** 2, axis=1),
        "td-squared": lambda p: taken(p) ** 2,
        "td-huber": lambda p: jnp.where(small(taken(p)), taken(p) ** 2 / 2, HUBER * (jnp.abs(taken(p)) - HUBER / 2)),
    }


def derivatives(rows, p, v):
    loss = lambda q: jnp.mean(rows(q))
    hessian = np.array(jax.hessian(loss)(p))
    each = np.array(jax.jacrev(rows)(p))
    return {
        "loss": float(loss(p)),
        "gradient": np.array(jax.grad(loss)(p)),
        "product": hessian @ v,
        "eigenvalues": np.linalg.eigvalsh(hessian),
        "trace": float(np.trace(hessian)),
        "frobenius-norm": float(np.linalg.norm(hessian)),
        "gram": each @ each.T,
    }


def statistics(network, p, x, next_x, rewards, discounts, actions):
    outputs, _, hidden = network.run(p, x)
    y = rewards + DISCOUNT * discounts * network(p, next_x).max(axis=1)
    dead = dormant = 0
    for layer in hidden:
        activity = np.abs(np.array(layer).reshape(-1, layer.shape[-1])).mean(axis=0)
        dead += int((activity == 0).sum())
        dormant += int((activity / activity.mean() <= DORMANT).sum())
    kernels = [np.array(k).reshape(-1, k.shape[-1]) for k, _ in network.split(p)]
    ranks = [np.linalg.matrix_rank(k, tol=max(k.shape) * 2.0**-23 * np.linalg.norm(k, 2)) for k in kernels]
    features = np.linalg.svd(np.array(hidden[-1]).reshape(len(x), -1), compute_uv=False)
    shares = features[features > 1e-12 * features[0]] / features.sum()
    td = lambda q: jnp.mean((network(q, x)[jnp.arange(ROWS), actions] - y) ** 2)
    return {
        "td-loss": float(td(p)),
        "gradient-norm": float(np.linalg.norm(jax.grad(td)(p))),
        "target-scale": float(np.sqrt(np.mean(y**2))),
        "prediction-scale": float(np.sqrt(np.mean(outputs**2))),
        "weight-norm": float(np.linalg.norm(p)),
        "weight-rank": float(np.mean(ranks)),
        "feature-rank": int((features / np.sqrt(len(x)) > FEATURE_RANK).sum()),
        "effective-rank": float(np.exp(-(shares * np.log(shares)).sum())),
        "dead-units": dead,
        "dead-fraction": dead / sum(layer.shape[-1] for layer in hidden),
        "dormant-units": dormant,
    }


def adam(rows, p):
    """Kingma and Ba (2015), algorithm 1, on the whole batch: the loss before each step, and after the last."""
    loss = lambda q: jnp.mean(rows(q))
    m, v, curve = np.zeros_like(p), np.zeros_like(p), []
    for t in range(1, ADAM["steps"] + 1):
        curve.append(float(loss(p)))
        g = np.array(jax.grad(loss)(p))
        m = ADAM["beta1"] * m + (1 - ADAM["beta1"]) * g
        v = ADAM["beta2"] * v + (1 - ADAM["beta2"]) * g**2
        corrected = np.sqrt(v / (1 - ADAM["beta2"] ** t)) + ADAM["epsilon"]
        p = p - ADAM["learning-rate"] * m / (1 - ADAM["beta1"] ** t) / corrected
    return {**ADAM, "losses": curve, "final-loss": float(loss(p))}


def case(network, spoil):
    p = spoil(network, exact(network.size, 0.5))
    n = int(np.prod(network.input_shape))
    x, next_x = exact((ROWS, n)), exact((ROWS, n))
    noise, targets, v = exact((ROWS, ACTIONS)), exact((ROWS, ACTIONS)), exact(network.size)
    actions, rewards = rng.integers(ACTIONS, size=ROWS), exact(ROWS)
    discounts = (np.arange(ROWS) % 4 != 3).astype(float)
    bootstrap = np.array(rewards + DISCOUNT * discounts * network(p, next_x).max(axis=1))
    given = bootstrap.astype(np.float32).astype(np.float64)  # as it is fed
    all_losses = losses(network, p, x, noise, targets, actions, given)
    # far from every kink, so that float32 is on the same side
    assert min(np.abs(b).min() for b in network.run(p, x)[1]) > 1e-4
    errors = np.abs(network(p, x)[jnp.arange(ROWS), actions] - given)
    assert np.abs(errors - HUBER).min() > 1e-2 and 2 <= (errors > HUBER).sum() <= ROWS - 2
    return {
        "parameters": p, "observations": x, "next-observations": next_x, "actions": actions, "rewards": rewards,
        "discounts": discounts, "noise": noise, "targets": targets, "direction": v, "bootstrap": bootstrap,
        "losses": {name: derivatives(rows, p, v) for name, rows in all_losses.items()},
        "statistics": statistics(network, p, x, next_x, rewards, discounts, actions),
        "adam": adam(all_losses["probe"], p),
    }  # fmt: skip


def spoil_dense(network, p):
    """One dead unit of the first layer; of the second a dormant one, and one that is twice another."""
    (k0, b0), (k1, b1), (k2, b2) = [(k.copy(), b.copy()) for k, b in network.split(p)]
    b0[2] = -16
    k1[:, 4], b1[4] = k1[:, 4] / 256, 1 / 1024
    k1[:, 5], b1[5] = 2 * k1[:, 3], 2 * b1[3]
    return np.concatenate([a.ravel() for a in (k0, b0, k1, b1, k2, b2)])


def text(value, indent="\n"):
    if isinstance(value, dict):
        inner = indent + " "
        return "{" + ",".join(f"{inner}{json.dumps(k)}: {text(v, inner)}" for k, v in value.items()) + indent + "}"
    if isinstance(value, (list, np.ndarray, jax.Array)):
        return "[" + ", ".join(text(v) for v in np.array(value).ravel().tolist()) + "]"
    return f"{value + 0.0:.13g}"


mlp = Network((6,), [("dense", 6, 8), ("dense", 8, 7), ("dense", 7, ACTIONS)])
cnn = Network(
    (5, 4, 2),
    [("conv", 3, 2, 3, 2, "SAME"), ("conv", 2, 3, 2, 1, "SAME"), ("dense", 12, 5), ("dense", 5, ACTIONS)],
)
values = {
    "rows": ROWS, "discount": DISCOUNT, "huber-threshold": HUBER, "feature-rank-threshold": FEATURE_RANK,
    "dormant-threshold": DORMANT, "mlp": case(mlp, spoil_dense), "cnn": case(cnn, lambda network, p: p),
}  # fmt: skip
pathlib.Path(__file__).with_name("values.json").write_text(text(values) + "\n")
