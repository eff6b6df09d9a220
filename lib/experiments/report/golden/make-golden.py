"""Golden values for statistics.test.ts: python make-golden.py > statistics.json (needs numpy and scipy)."""
import json

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20261123)
cases = []
for length in (1, 2, 3, 5, 8, 20, 40):
    for kind in ("plain", "ties", "tiny spread"):
        x = rng.normal(size=length)
        y = 0.6 * x + rng.normal(size=length)
        if kind == "ties":
            x, y = np.round(x), np.round(2 * y) / 2
        if kind == "tiny spread":
            x, y = 0.98 + 1e-6 * x, 300 + y
        rho = float(stats.spearmanr(x, y).statistic) if length >= 3 and np.ptp(x) > 0 and np.ptp(y) > 0 else None
        cases.append({
            "kind": kind, "x": x.tolist(), "y": y.tolist(), "mean": float(np.mean(x)),
            "deviation": float(np.std(x, ddof=1)) if length > 1 else None,
            "ranks": stats.rankdata(x).tolist(), "spearman": rho,
        })
print(json.dumps({"scipy": scipy.__version__, "numpy": np.__version__, "cases": cases}))
