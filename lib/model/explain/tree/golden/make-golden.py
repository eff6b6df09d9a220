"""A small decision tree from scikit-learn, to hold lib/model/explain/tree against. Run where scikit-learn and numpy are installed:

    python lib/model/explain/tree/golden/make-golden.py

writes tree.json beside this file. Categories enter scikit-learn as one column a value (one-hot), the ordinal as it is. The table has no
two splits of equal gain that part the rows differently: scikit-learn would choose among them by chance.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier

ROWS = 300


def table(rng):
    verb = rng.integers(0, 5, ROWS)
    kind = rng.choice(9, ROWS, p=np.array([30, 20, 15, 10, 8, 7, 5, 3, 2]) / 100)
    code = rng.integers(0, 4, ROWS)
    gap = rng.integers(0, 20, ROWS)
    target = np.where(verb == 1, kind % 3, np.where(gap > 11, 3, np.where(kind == 0, 4, (kind + verb) % 3)))
    noise = rng.random(ROWS) < 0.08
    target[noise] = rng.integers(0, 5, noise.sum())
    return np.stack([verb, kind, code, gap]), target


def one_hot(columns):
    parts = [(column[:, None] == np.arange(column.max() + 1)).astype(float) for column in columns[:3]]
    return np.hstack([*parts, columns[3][:, None]])


def fit(x, y, seed, **options):
    return DecisionTreeClassifier(criterion='entropy', random_state=seed, **options).fit(x, y)


def leaves_of(model, x):
    """Each row's leaf by the first row that falls into it, so that numbering does not matter."""
    leaf = model.apply(x)
    first = {}
    for row, name in enumerate(leaf):
        first.setdefault(name, row)
    return [int(first[name]) for name in leaf]


def case(name, x, y, **options):
    models = [fit(x, y, seed, **options) for seed in range(40)]
    groups = [leaves_of(model, x) for model in models]
    assert all(group == groups[0] for group in groups), f'{name}: ties'
    path = models[0].cost_complexity_pruning_path(x, y)
    # Splits that save alike go one after another there, at once here.
    last = np.append(np.diff(path.ccp_alphas) > 1e-10, True)
    return {
        'name': name, 'options': options, 'leaves': int(models[0].get_n_leaves()), 'depth': int(models[0].get_depth()), 'leafOfRow': groups[0],
        'predicted': [int(p) for p in models[0].predict(x)], 'accuracy': float(models[0].score(x, y)),
        'alphas': [float(a) for a in path.ccp_alphas[last]], 'impurities': [float(i) for i in path.impurities[last]],
    }


CASES = [
    ('depth 3', dict(max_depth=3, min_samples_leaf=3)),
    ('best first', dict(max_leaf_nodes=9, min_samples_leaf=2)),
    ('pruned', dict(max_depth=6, min_samples_leaf=4, ccp_alpha=0.02)),
]


def main():
    for seed in range(2000):
        columns, target = table(np.random.default_rng(seed))
        x = one_hot(columns)
        try:
            cases = [case(name, x, target, **options) for name, options in CASES]
        except AssertionError:
            continue
        break
    golden = {
        'made': f'scikit-learn {sklearn.__version__}, table {seed}', 'kinds': ['category', 'category', 'category', 'ordinal'],
        'columns': columns.tolist(), 'target': target.tolist(), 'classes': 5, 'cases': cases,
    }
    pathlib.Path(__file__).with_name('tree.json').write_text(json.dumps(golden) + '\n')
    print(golden['made'])


main()
