"""The Python half of check-python.mjs: `check_python.py FOLDER` reads FOLDER/cases.json and writes FOLDER/results.json.

Of each case: the largest difference between Keras's probabilities and the engine's, and what is wrong with the safetensors
file as the package `safetensors` reads it (names, types, shapes and values against the .npz), or null.
"""
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import keras
import numpy as np
import safetensors
import safetensors.numpy

from load_keras import load


def largest_difference(folder, case):
    model = load(folder / "model.npz")
    x = np.load(folder / "input.npy")
    answers = model.predict(x.astype(model.inputs[0].dtype), batch_size=32, verbose=0)
    return max(float(np.abs(answers[head] - np.load(folder / f"{head}.npy")).max()) for head in case["heads"])


def fault(folder):
    """What safetensors reads must be what NumPy reads, bit by bit."""
    with np.load(folder / "model.npz") as arrays:
        expected = {name: arrays[name] for name in arrays.files if name != "model.json"}
    found = safetensors.numpy.load_file(folder / "weights.safetensors")
    if found.keys() != expected.keys():
        return f"names differ: {sorted(found.keys() ^ expected.keys())}"
    for name, values in expected.items():
        if found[name].dtype != np.float32 or found[name].shape != values.shape:
            return f"{name} is {found[name].dtype} {found[name].shape}, not float32 {values.shape}"
        if not np.array_equal(found[name], values):
            return f"{name} holds other values"
    return None


def main():
    folder = Path(sys.argv[1])
    cases = json.loads((folder / "cases.json").read_text())
    results = [{"difference": largest_difference(folder / case["folder"], case), "fault": fault(folder / case["folder"])} for case in cases]
    used = f"Keras {keras.__version__} on {keras.backend.backend()}, NumPy {np.__version__}, safetensors {safetensors.__version__}"
    (folder / "results.json").write_text(json.dumps({"used": used, "results": results}))


if __name__ == "__main__":
    main()
