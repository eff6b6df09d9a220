"""Rebuilds with Keras 3 what `auditweave model export NAME --format keras-npz` wrote: load("NAME.npz") is a keras.Model.

Its input is [batch, window, features], any window; its outputs are named after the heads, each [batch, window, classes].
"""
import json

import keras
import numpy as np


def make(layer):
    """The Keras layer of an entry of model.json; None where one has to be put together."""
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
    if kind == "dense":
        # The gelu of the tanh form; Keras's name "gelu" is the other one.
        tanh_gelu = lambda x: keras.activations.gelu(x, approximate=True)
        return keras.layers.Dense(layer["units"], activation=tanh_gelu if layer["activation"] == "gelu" else layer["activation"])
    if kind == "embedding":
        return keras.layers.Embedding(sum(layer["sizes"]), layer["dimension"])
    if kind == "add":
        return None
    raise ValueError(f"This loader knows no layer of kind {kind}.")


def call(layer, made, x, earlier):
    """The layer's output. All features of an embedding share one table, each with its own rows."""
    if layer["kind"] == "add":
        return keras.layers.add([x, earlier[layer["from"]]])
    if layer["kind"] == "embedding":
        sizes = layer["sizes"]
        rows = made(keras.ops.add(x, np.cumsum([0, *sizes[:-1]]).astype("int32")))
        return keras.layers.Reshape((-1, len(sizes) * layer["dimension"]))(rows)
    return made(x)


def load(path):
    with np.load(path) as arrays:
        about = json.loads(arrays["model.json"])
        wanted = about["input"]
        x = entry = keras.Input((None, wanted["features"]), dtype="int32" if wanted["name"] == "codes" else "float32", name=wanted["name"])
        earlier = []
        for layer in about["layers"]:
            made = make(layer)
            x = call(layer, made, x, earlier)
            if layer["weights"]:
                made.set_weights([arrays[name] for name in layer["weights"]])
            earlier.append(x)
    ends = np.cumsum([head["classes"] for head in about["heads"]])
    outputs = {head["name"]: keras.layers.Softmax(name=head["name"])(x[:, :, int(end) - head["classes"]:int(end)]) for head, end in zip(about["heads"], ends)}
    model = keras.Model(entry, outputs)
    model.about = about
    return model
