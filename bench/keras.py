"""The Keras half of bench/keras.mjs: the same network on the same data, one piece of work for each line of standard input.

Reads `{"spec": ..., "batch": 32, "folder": ...}` first (folder: x.bin, y.bin, weights.bin), answers with the loss of the batch
before any training, then does what it is told ("train", "infer" with a number of steps) and answers with the seconds it took.
"""
import json
import os
import sys
import time
from pathlib import Path

# This file is called as the package is, and its folder is looked in first.
sys.path[:] = [place for place in sys.path if Path(place or ".").resolve() != Path(__file__).resolve().parent]
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import keras
import numpy as np
import tensorflow as tf


class Codes(keras.layers.Layer):
    """Codes of several features, each as a row of one table."""

    def __init__(self, sizes, dimension):
        super().__init__()
        self.table = keras.layers.Embedding(sum(sizes), dimension)
        self.offsets = np.cumsum([0, *sizes[:-1]])
        self.width = len(sizes) * dimension

    def call(self, x):
        rows = self.table(tf.cast(x, tf.int32) + self.offsets)
        return tf.reshape(rows, (-1, x.shape[1], self.width))


def make(layer):
    kind = layer["kind"]
    if kind == "bilstm":
        return keras.layers.Bidirectional(keras.layers.LSTM(layer["units"], return_sequences=True))
    if kind == "batchNorm":
        return keras.layers.BatchNormalization(momentum=layer["momentum"], epsilon=layer["epsilon"])
    if kind == "layerNorm":
        return keras.layers.LayerNormalization(epsilon=layer["epsilon"])
    if kind == "dropout":
        return keras.layers.Dropout(layer["rate"])
    if kind == "featureDropout":
        return keras.layers.SpatialDropout1D(layer["rate"])
    if kind == "embedding":
        return Codes(layer["sizes"], layer["dimension"])
    if kind == "dense":
        gelu = layer["activation"] == "gelu"
        return keras.layers.Dense(layer["units"], activation=(lambda x: keras.activations.gelu(x, approximate=True)) if gelu else layer["activation"])
    raise ValueError(f"There is no layer {kind}.")


def build(spec):
    """A softmax a head; the heads as one tensor where they are of one size, as the published network has it."""
    x = entry = keras.Input((spec["window"], spec["features"]))
    outputs, weights = [], []
    for layer in spec["layers"]:
        if layer["kind"] == "add":
            x = keras.layers.Add()([x, outputs[layer["from"]]])
        else:
            made = make(layer)
            x = made(x)
            weights += made.weights
        outputs.append(x)
    loss = keras.losses.CategoricalFocalCrossentropy if spec["loss"]["kind"] == "focal" else keras.losses.CategoricalCrossentropy
    sizes = spec.get("headSizes")
    if not sizes:
        x = keras.layers.Reshape((spec["window"], spec["heads"], spec["classes"]))(x)
        heads, losses = keras.layers.Softmax()(x), loss()
    else:
        ends = np.cumsum(sizes)
        heads = [keras.layers.Softmax()(x[:, :, end - size:end]) for size, end in zip(sizes, ends)]
        losses = [loss() for _ in sizes]
    model = keras.Model(entry, heads)
    model.compile(optimizer=keras.optimizers.Adam(1e-4), loss=losses)
    return model, weights


def one_hot(spec, y):
    sizes = spec.get("headSizes")
    if not sizes:
        return tf.constant(np.eye(spec["classes"], dtype="f4")[y])
    return [tf.constant(np.eye(size, dtype="f4")[y[:, :, head]]) for head, size in enumerate(sizes)]


def load(job):
    spec, folder = job["spec"], Path(job["folder"])
    model, weights = build(spec)
    values, at = np.fromfile(folder / "weights.bin", "f4"), 0
    for variable in weights:
        size = int(np.prod(variable.shape))
        variable.assign(values[at:at + size].reshape(variable.shape))
        at += size
    assert at == len(values), f"{at} weights in Keras, {len(values)} in the file"
    x = np.fromfile(folder / "x.bin", "f4").reshape(-1, spec["window"], spec["features"])[:job["batch"]]
    y = np.fromfile(folder / "y.bin", "i4").reshape(-1, spec["window"], spec["heads"])[:job["batch"]]
    return model, tf.constant(x), one_hot(spec, y)


def seconds(work, steps):
    began = time.perf_counter()
    for _ in range(steps):
        work()
    return time.perf_counter() - began


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # What TensorFlow prints is no answer.

    def answer(value):
        print(json.dumps(value), file=answers, flush=True)

    model, x, y = None, None, None
    for line in sys.stdin:
        job = json.loads(line)
        if "spec" in job:
            model, x, y = load(job)
            loss = model.test_on_batch(x, y)
            answer({"loss": float(np.ravel(loss)[0]) / (len(y) if isinstance(y, list) else 1), "keras": keras.__version__, "tensorflow": tf.__version__})
        elif job["work"] == "train":
            answer({"seconds": seconds(lambda: model.train_on_batch(x, y), job["steps"])})
        else:
            answer({"seconds": seconds(lambda: model.predict_on_batch(x), job["steps"])})


if __name__ == "__main__":
    main()
