"""Golden figures for lib/experiments/compare from scikit-learn, scipy, statsmodels, nltk and numpy:

    python lib/experiments/compare/golden/make-golden.py

writes statistics.json beside this file. The bootstrap is written here a second time, over the resamples that stand in the file.
"""
import json
import pathlib

import numpy as np
import scipy
import sklearn
import statsmodels
from nltk.metrics.agreement import AnnotationTask
from scipy import stats
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa

rng = np.random.default_rng(20261123)


def mcnemar_case(a, b):
    table = [[7, a], [b, 11]]
    exact, corrected = mcnemar(table, exact=True), mcnemar(table, exact=False, correction=True)
    return {'a': a, 'b': b, 'exact': float(exact.pvalue), 'statistic': float(corrected.statistic), 'corrected': float(corrected.pvalue)}


def bootstrap_case(name, lines, classes, groups, wrong_a, wrong_b, rounds):
    want = rng.choice(classes, lines, p=np.arange(classes, 0, -1) / (classes * (classes + 1) / 2))
    spoil = lambda share: np.where(rng.random(lines) < share, rng.integers(0, classes + 1, lines), want)
    a, b = spoil(wrong_a), spoil(wrong_b)
    group = np.arange(lines) if groups is None else np.concatenate([np.arange(groups), rng.integers(0, groups, lines - groups)])
    units = int(group.max()) + 1
    members = [np.flatnonzero(group == unit) for unit in range(units)]
    draws = rng.integers(0, units, (rounds, units))
    macro = lambda truth, guess: f1_score(truth, guess, average='macro', zero_division=0)
    per_round = []
    for draw in draws:
        inside = np.concatenate([members[unit] for unit in draw])
        per_round.append([accuracy_score(want[inside], a[inside]), accuracy_score(want[inside], b[inside]), macro(want[inside], a[inside]), macro(want[inside], b[inside])])
    per_round = np.array(per_round)
    interval = lambda values: np.quantile(values, [0.025, 0.975]).tolist()

    def figure(score, at):
        difference = per_round[:, at + 1] - per_round[:, at]
        p = min(1, 2 * (min((difference <= 0).sum(), (difference >= 0).sum()) + 1) / (rounds + 1))
        return {'a': [score(want, a), *interval(per_round[:, at])], 'b': [score(want, b), *interval(per_round[:, at + 1])], 'difference': [score(want, b) - score(want, a), *interval(difference)], 'p': float(p)}

    return {'name': name, 'classes': classes + 1, 'want': want.tolist(), 'a': a.tolist(), 'b': b.tolist(), 'groups': group.tolist(), 'draws': draws.tolist(), 'accuracy': figure(accuracy_score, 0), 'macroF1': figure(macro, 2)}


def repetitions_case(n, m, shift, paired):
    a, b = rng.normal(0.9, 0.02, n), rng.normal(0.9 + shift, 0.02, m)
    statistic = (lambda x, y, axis: np.mean(y, axis=axis) - np.mean(x, axis=axis))
    if paired:
        exact = stats.permutation_test((b - a,), lambda x, axis: np.mean(x, axis=axis), permutation_type='samples', n_resamples=np.inf, vectorized=True)
    else:
        exact = stats.permutation_test((a, b), statistic, permutation_type='independent', n_resamples=np.inf, vectorized=True)
    return {'paired': paired, 'a': a.tolist(), 'b': b.tolist(), 'p': float(exact.pvalue), 'permutations': len(exact.null_distribution)}


def kappa_case(lines, classes, noise):
    first = rng.integers(0, classes, lines)
    second = np.where(rng.random(lines) < noise, rng.integers(0, classes, lines), first)
    kappa = cohen_kappa_score(first, second)
    table = np.zeros((classes, classes))
    np.add.at(table, (first, second), 1)
    assert abs(cohens_kappa(table).kappa - kappa) < 1e-12
    assert abs(AnnotationTask(data=[(who, i, v) for who, values in (('a', first), ('b', second)) for i, v in enumerate(values.tolist())]).kappa() - kappa) < 1e-12
    return {'a': [str(v) for v in first], 'b': [str(v) for v in second], 'kappa': float(kappa)}


values = [0.0, 1e-8, 0.01, 0.3, 1.0, 2.0, 2.49, 2.5, 3.0, 5.0, 8.0, 15.0]
golden = {
    'made': {'sklearn': sklearn.__version__, 'scipy': scipy.__version__, 'statsmodels': statsmodels.__version__, 'numpy': np.__version__},
    'erfc': [[v, float(scipy.special.erfc(v))] for v in values],
    'coin': [[k, n, float(stats.binom.cdf(k, n, 0.5))] for k, n in [(0, 1), (3, 10), (7, 10), (31, 64), (100, 250), (480, 1000), (4900, 10000), (99, 2000)]],
    'mcnemar': [mcnemar_case(a, b) for a, b in [(1, 0), (0, 3), (5, 12), (30, 31), (40, 12), (200, 260), (1500, 1410), (12, 900)]],
    'bootstrap': [bootstrap_case('lines', 60, 5, None, 0.3, 0.2, 40), bootstrap_case('contexts', 90, 7, 14, 0.4, 0.35, 60), bootstrap_case('no difference but chance', 50, 3, None, 0.25, 0.25, 41)],
    'repetitions': [repetitions_case(6, 6, 0.02, True), repetitions_case(10, 10, 0.0, True), repetitions_case(5, 7, 0.02, False), repetitions_case(8, 4, 0.01, False)],
    'kappa': [kappa_case(80, 4, 0.3), kappa_case(200, 12, 0.6)],
}
pathlib.Path(__file__).with_name('statistics.json').write_text(json.dumps(golden, separators=(',', ':')) + '\n')
