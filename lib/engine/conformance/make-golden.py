"""Makes golden.json with Keras: what each problem's gradients, losses and inference must be.

    npx tsx lib/engine/conformance/write-problems.node.ts | python lib/engine/conformance/make-golden.py

Needs what ../golden/make-golden.py needs, whose functions it uses.
"""
import importlib.util
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
source = importlib.util.spec_from_file_location("golden", HERE.parent / "golden" / "make-golden.py")
golden = importlib.util.module_from_spec(source)
source.loader.exec_module(golden)
np, keras = golden.np, golden.keras


def digits(array):
    return [float(f"{value:.7g}") for value in np.asarray(array).ravel()]


def solve(problem):
    spec, windows = problem["spec"], problem["windows"]
    model, built = golden.build(spec)
    tensors = golden.variables(spec, built)
    for tensor, variable in tensors.items():
        variable.assign(np.array(problem["weights"][tensor], "f4").reshape(variable.shape))
    x = np.array(problem["x"], "f4").reshape(windows, spec["window"], spec["features"])
    y = np.array(problem["y"], "i4").reshape(windows, spec["window"], spec["heads"])
    probabilities = digits(model(x, training=False))
    gradients, losses = golden.train(spec, model, x, y, problem["learningRate"], problem.get("clipNorm"))
    paths = {variable.path: tensor for tensor, variable in tensors.items()}
    return {
        "name": problem["name"], "losses": losses, "probabilities": probabilities,
        "gradients": {paths[v.path]: digits(g) for v, g in zip(model.trainable_variables, gradients)},
    }


answers = [solve(problem) for problem in json.load(sys.stdin)]
(HERE / "golden.json").write_text(json.dumps({"keras": keras.__version__, "answers": answers}) + "\n")
