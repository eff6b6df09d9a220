"""Makes the golden files of the engine's tests with Keras; needs tensorflow-cpu, keras 3 and numpy.

    python make-golden.py

Writes small.json (small networks: weights, one batch, gradients, the losses of six Adam steps, the moving
averages and the inference after them) and, for the paper's network, g1.bin and meta.json from x.bin, y.bin
and w0.bin. Dropout is at rate 0, as its random numbers are each library's own.
"""
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import keras
import numpy as np
import tensorflow as tf

HERE = Path(__file__).parent
LEARNING_RATE = 1e-2


def bn(momentum=0.99, epsilon=1e-3):
    return {"kind": "batchNorm", "momentum": momentum, "epsilon": epsilon}


def lstm(units):
    return {"kind": "bilstm", "units": units}


def ln(epsilon=1e-3):
    return {"kind": "layerNorm", "epsilon": epsilon}


def dense(units, activation="linear"):
    return {"kind": "dense", "units": units, "activation": activation}


def head_sizes(spec):
    return spec.get("headSizes") or [spec["classes"]] * spec["heads"]


FOCAL = {"kind": "focal", "gamma": 2, "alpha": 0.25}
CROSS_ENTROPY = {"kind": "crossEntropy"}

# No bias stands right before a batch norm: its gradient is 0, and Adam would make steps of its rounding.
# (name, spec, windows, share of masked labels, factor on the initial weights, clipnorm if any)
SMALL = [
    ("focal, relu dense, tail batch",
     {"features": 7, "window": 6, "layers": [lstm(5), bn(), lstm(3), bn(0.9, 1e-4), dense(6, "relu"), dense(8)],
      "heads": 2, "classes": 4, "loss": FOCAL}, 5, 0, 1),
    ("focal with other constants, clipped probabilities",
     {"features": 3, "window": 4, "layers": [lstm(4), bn(), dense(6), dense(9)],
      "heads": 3, "classes": 3, "loss": {"kind": "focal", "gamma": 1.5, "alpha": 0.4}}, 11, 0, 12),
    ("cross-entropy, masked labels, relu outputs, norm first",
     {"features": 5, "window": 3, "layers": [bn(0.8, 1e-3), lstm(9), dense(6, "relu")],
      "heads": 3, "classes": 2, "loss": CROSS_ENTROPY}, 17, 0.3, 1),
    ("one line, one head, dense first",
     {"features": 4, "window": 1, "layers": [dense(3, "relu"), lstm(2), bn(), dense(5)],
      "heads": 1, "classes": 5, "loss": FOCAL}, 9, 0, 1),
    ("embedded codes, residual layers, heads of several sizes, masked labels, clipped gradients",
     {"features": 5, "window": 4,
      "layers": [{"kind": "embedding", "sizes": [4, 1, 9, 3, 2], "dimension": 6}, {"kind": "featureDropout", "rate": 0},
                 dense(7, "gelu"), lstm(3), ln(), lstm(3), {"kind": "add", "from": 4}, ln(1e-5), {"kind": "dropout", "rate": 0}, dense(10)],
      "heads": 3, "headSizes": [5, 2, 3], "classes": 5, "loss": CROSS_ENTROPY}, 11, 0.3, 1, 0.05),
    ("codes of odd dimension, one layer added twice, first layer added",
     {"features": 3, "window": 3,
      "layers": [{"kind": "embedding", "sizes": [3, 5, 2], "dimension": 3}, ln(), {"kind": "add", "from": 0}, lstm(2), dense(9, "gelu"),
                 {"kind": "add", "from": 1}, {"kind": "add", "from": 0}, dense(5)],
      "heads": 2, "headSizes": [3, 2], "classes": 3, "loss": FOCAL}, 6, 0.1, 1),
]


class Table(keras.layers.Layer):
    """One embedding table for all features, the rows of each after those of the one before."""

    def __init__(self, sizes, dimension):
        super().__init__()
        self.first_rows = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.width = len(sizes) * dimension
        self.embedding = keras.layers.Embedding(sum(sizes), dimension)

    def call(self, codes):
        rows = self.embedding(keras.ops.cast(codes, "int32") + self.first_rows)
        return keras.ops.reshape(rows, (-1, codes.shape[1], self.width))


def gelu(x):
    return keras.activations.gelu(x, approximate=True)


def make(layer):
    kind = layer["kind"]
    if kind == "bilstm":
        return keras.layers.Bidirectional(keras.layers.LSTM(layer["units"], return_sequences=True))
    if kind == "batchNorm":
        return keras.layers.BatchNormalization(momentum=layer["momentum"], epsilon=layer["epsilon"])
    if kind == "layerNorm":
        return keras.layers.LayerNormalization(epsilon=layer["epsilon"])
    if kind == "embedding":
        return Table(layer["sizes"], layer["dimension"])
    if kind == "add":
        return keras.layers.Add()
    if kind in ("dropout", "featureDropout"):
        return keras.layers.Activation("linear")
    return keras.layers.Dense(layer["units"], activation=gelu if layer["activation"] == "gelu" else layer["activation"])


def build(spec):
    """A model of all heads' probabilities side by side."""
    x = entry = keras.Input((spec["window"], spec["features"]))
    built, outputs = [], []
    for layer in spec["layers"]:
        made = make(layer)
        x = made([x, outputs[layer["from"]]] if layer["kind"] == "add" else x)
        built.append(made)
        outputs.append(x)
    at, heads = 0, []
    for size in head_sizes(spec):
        heads.append(keras.layers.Activation("softmax")(x[:, :, at:at + size]))
        at += size
    return keras.Model(entry, keras.layers.Concatenate()(heads) if len(heads) > 1 else heads[0]), built


def names(kind):
    if kind == "bilstm":
        return [f"{way}/{part}" for way in ("forward", "backward") for part in ("kernel", "recurrentKernel", "bias")]
    return {
        "batchNorm": ["gamma", "beta", "movingMean", "movingVariance"], "layerNorm": ["gamma", "beta"],
        "embedding": ["table"], "dense": ["kernel", "bias"],
    }.get(kind, [])


def variables(spec, built):
    """The network's tensors by the engine's names."""
    return {
        f"layer{index}/{name}": variable
        for index, (layer, made) in enumerate(zip(spec["layers"], built))
        for name, variable in zip(names(layer["kind"]), made.weights)
    }


def mean_loss(spec, y, predicted):
    """Mean over windows, lines and heads, labels of -1 left out."""
    loss, at, total = spec["loss"], 0, 0.0
    for head, size in enumerate(head_sizes(spec)):
        truth = np.eye(size, dtype="f4")[np.maximum(y[..., head], 0)]
        own = predicted[:, :, at:at + size]
        if loss["kind"] == "focal":
            each = keras.losses.categorical_focal_crossentropy(truth, own, alpha=loss["alpha"], gamma=loss["gamma"])
        else:
            each = keras.losses.categorical_crossentropy(truth, own)
        total += tf.reduce_sum(each * (y[..., head] >= 0).astype("f4"))
        at += size
    return total / float((y >= 0).sum())


def train(spec, model, x, y, learning_rate, clip=None):
    """Gradients of the first step, before any clipping, and the losses before each of six."""
    optimizer = keras.optimizers.Adam(learning_rate, clipnorm=clip)
    first, losses = None, []
    for _ in range(6):
        with tf.GradientTape() as tape:
            loss = mean_loss(spec, y, model(x, training=True))
        gradients = [tf.convert_to_tensor(gradient) for gradient in tape.gradient(loss, model.trainable_variables)]
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
        first = first or [gradient.numpy() for gradient in gradients]
    return first, losses


def plain(array):
    return [float(f"{value:.9g}") for value in np.asarray(array).ravel()]


def inputs(spec, windows, random):
    shape = (windows, spec["window"], spec["features"])
    if spec["layers"][0]["kind"] == "embedding":
        return random.integers(0, spec["layers"][0]["sizes"], shape).astype("f4")
    return random.normal(0, 1, shape).astype("f4")


def small(name, spec, windows, masked, factor, clip=None):
    random = np.random.default_rng(len(name))
    model, built = build(spec)
    tensors = variables(spec, built)
    for tensor, variable in tensors.items():
        if tensor.endswith("movingVariance"):
            values = random.uniform(0.5, 1.5, variable.shape)
        elif tensor.endswith("gamma"):
            values = random.uniform(0.5, 1.5, variable.shape)
        else:
            values = random.normal(0, 0.4 * factor, variable.shape)
        variable.assign(values.astype("f4"))
    x = inputs(spec, windows, random)
    y = random.integers(0, head_sizes(spec), (windows, spec["window"], spec["heads"]))
    y[random.random(y.shape) < masked] = -1
    start = {tensor: plain(variable) for tensor, variable in tensors.items()}
    inference = plain(model(x, training=False))
    gradients, losses = train(spec, model, x, y, LEARNING_RATE, clip)
    paths = {variable.path: tensor for tensor, variable in tensors.items()}
    return {
        "name": name, "spec": spec, "windows": windows, "learningRate": LEARNING_RATE, "clipNorm": clip,
        "x": plain(x), "y": y.ravel().tolist(), "weights": start, "inference": inference,
        "gradients": {paths[v.path]: plain(g) for v, g in zip(model.trainable_variables, gradients)},
        "losses": losses,
        "after": {tensor: plain(variable) for tensor, variable in tensors.items() if "/moving" in tensor},
        "inferenceAfter": plain(model(x, training=False)),
    }


def paper():
    spec = {"features": 39, "window": 60, "layers": [lstm(156), bn(), lstm(117), dense(295), bn()],
            "heads": 5, "classes": 59, "loss": CROSS_ENTROPY}
    model, built = build(spec)
    trained = {n: v for n, v in variables(spec, built).items() if "/moving" not in n}
    weights, at = np.fromfile(HERE / "w0.bin", "f4"), 0
    for variable in trained.values():
        size = int(np.prod(variable.shape))
        variable.assign(weights[at:at + size].reshape(variable.shape))
        at += size
    x = np.fromfile(HERE / "x.bin", "f4").reshape(32, 60, 39)
    y = np.fromfile(HERE / "y.bin", "i4").reshape(32, 60, 5)
    gradients, losses = train(spec, model, x, y, 1e-3)
    by_path = {v.path: g for v, g in zip(model.trainable_variables, gradients)}
    np.concatenate([by_path[v.path].ravel() for v in trained.values()]).astype("f4").tofile(HERE / "g1.bin")
    (HERE / "meta.json").write_text(json.dumps({"keras": keras.__version__, "losses": losses, "tensors": list(trained)}, indent=1) + "\n")


if __name__ == "__main__":
    cases = [small(*case) for case in SMALL]
    (HERE / "small.json").write_text(json.dumps({"keras": keras.__version__, "cases": cases}) + "\n")
    paper()
