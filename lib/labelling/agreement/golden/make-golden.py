"""Golden figures for lib/labelling/agreement from scikit-learn, NLTK, statsmodels and numpy:

    python lib/labelling/agreement/golden/make-golden.py

writes agreement.json beside this file. -1 is a missing rating. The bootstrap is written here a second time, over resamples that stand in the file.
"""
import json
import pathlib
import warnings

import nltk
import numpy as np
import sklearn
import statsmodels
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score, f1_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

warnings.simplefilter('ignore')
rng = np.random.default_rng(20261124)


def number(value):
    return None if value is None or not np.isfinite(value) else float(value)


def task(table):
    return AnnotationTask(data=[(f'r{rater}', unit, f'c{value}') for rater, row in enumerate(table) for unit, value in enumerate(row) if value >= 0])


def percent(table):
    same = pairs = 0
    for a in range(len(table)):
        for b in range(a + 1, len(table)):
            both = (table[a] >= 0) & (table[b] >= 0)
            pairs += both.sum()
            same += (table[a] == table[b])[both].sum()
    return same / pairs if pairs else None


def alpha(table):
    rated = (table >= 0).sum(axis=0)
    return task(table).alpha() if (rated > 1).any() else None


def fleiss(table):
    complete = table[:, (table >= 0).all(axis=0)]
    if len(table) < 2 or complete.shape[1] == 0:
        return None
    return fleiss_kappa(aggregate_raters(complete.T)[0], method='fleiss')


def pair(table, a, b):
    both = (table[a] >= 0) & (table[b] >= 0)
    first, second = table[a][both], table[b][both]
    classes = sorted(set(first.tolist()) | set(second.tolist()))
    kappa = cohen_kappa_score(first, second) if both.any() else None
    if len(classes) > 1:
        assert abs(task(np.stack([first, second])).kappa() - kappa) < 1e-12
    specific = f1_score(first, second, labels=classes, average=None, zero_division=0) if both.any() else []
    return {'a': a, 'b': b, 'units': int(both.sum()), 'kappa': number(kappa), 'specific': {str(c): float(f) for c, f in zip(classes, specific)}}


def intervals(figure, table, groups, draws):
    members = [np.flatnonzero(groups == group) for group in range(groups.max() + 1)]
    values = [figure(table[:, np.concatenate([members[group] for group in draw])]) for draw in draws]
    return [float(q) for q in np.quantile([v for v in values if v is not None and np.isfinite(v)], [0.025, 0.975])]


def case(name, table, groups=None, rounds=0):
    table = np.array(table)
    raters, units = table.shape
    found = {'name': name, 'table': table.tolist(), 'percent': number(percent(table)), 'alpha': number(alpha(table)), 'fleiss': number(fleiss(table)),
             'pairs': [pair(table, a, b) for a in range(raters) for b in range(a + 1, raters)]}
    if raters > 1 and (table >= 0).all():
        assert abs(task(table).avg_Ao() - found['percent']) < 1e-12
    if rounds:
        groups = np.array(groups)
        draws = rng.integers(0, groups.max() + 1, (rounds, groups.max() + 1))
        kappa = lambda t: cohen_kappa_score(*t[:2][:, (t[:2] >= 0).all(axis=0)])
        found['bootstrap'] = {'groups': groups.tolist(), 'draws': draws.tolist(), 'percent': intervals(percent, table, groups, draws), 'alpha': intervals(alpha, table, groups, draws),
                              'fleiss': intervals(fleiss, table, groups, draws), 'kappa': intervals(kappa, table, groups, draws)}
    return found


def noisy(raters, units, classes, noise, missing=0.0):
    truth = rng.choice(classes, units, p=np.arange(classes, 0, -1) / (classes * (classes + 1) / 2))
    table = np.array([np.where(rng.random(units) < noise, rng.integers(0, classes, units), truth) for _ in range(raters)])
    return np.where(rng.random(table.shape) < missing, -1, table)


def grouped(units, groups):
    return np.concatenate([np.arange(groups), rng.integers(0, groups, units - groups)])


# Krippendorff (2011), "Computing Krippendorff's alpha-reliability": four observers, twelve units, nominal alpha .743.
BOOK = [[1, 2, 3, 3, 2, 1, 4, 1, 2, -1, -1, -1], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, -1, 3], [-1, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, -1], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, -1]]
cases = [
    case('two raters', noisy(2, 80, 4, 0.3), grouped(80, 25), 30),
    case('three raters, many classes', noisy(3, 150, 20, 0.25), np.arange(150), 20),
    case('five raters who guess', noisy(5, 60, 3, 1.0)),
    case('four raters with gaps', noisy(4, 120, 6, 0.2, 0.35), grouped(120, 40), 20),
    case('Krippendorff 2011', BOOK),
    case('all equal', [[1] * 12, [1] * 12, [1] * 12]),
    case('all equal, several classes', [[1, 2, 3, 1], [1, 2, 3, 1]]),
    case('never equal', [[1, 1, 2, 2], [2, 2, 1, 1]]),
    case('one says one thing always', [[1, 1, 1, 1, 1, 1], [1, 1, 2, 1, 2, 1]]),
    case('one rater', [[1, 2, 1, 3]]),
    case('nobody rated the same', [[1, 2, -1, -1], [-1, -1, 1, 2]]),
    case('one unit in common', [[1, 2, 3, -1], [-1, -1, 2, 2]]),
]
made = {'sklearn': sklearn.__version__, 'nltk': nltk.__version__, 'statsmodels': statsmodels.__version__, 'numpy': np.__version__}
pathlib.Path(__file__).with_name('agreement.json').write_text(json.dumps({'made': made, 'cases': cases}, separators=(',', ':')) + '\n')
