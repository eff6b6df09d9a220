"""Golden figures for lib/model/metrics/partitions from scikit-learn; B-cubed, which it lacks, from its definition, thing by thing:

    python lib/model/golden/make-golden-partitions.py

writes partitions.json beside this file.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import pair_confusion_matrix

rng = np.random.default_rng(20261123)


def partition_case(name, truth, predicted):
    truth, predicted = np.asarray(truth), np.asarray(predicted)
    sets = lambda names: [set(np.flatnonzero(names == one)) for one in names]
    gold, found = sets(truth), sets(predicted)
    precision = np.mean([len(g & f) / len(f) for g, f in zip(gold, found)])
    recall = np.mean([len(g & f) / len(g) for g, f in zip(gold, found)])
    (_, extra), (missed, hits) = pair_confusion_matrix(truth, predicted)
    harmonic = lambda p, r: 2 * p * r / (p + r) if p + r else 0
    pair_precision, pair_recall = (hits / (hits + extra) if hits + extra else 1), (hits / (hits + missed) if hits + missed else 1)
    return {'name': name, 'truth': [str(v) for v in truth], 'predicted': [str(v) for v in predicted], 'scores': {
        'bCubedPrecision': float(precision), 'bCubedRecall': float(recall), 'bCubedF1': float(harmonic(precision, recall)),
        'pairPrecision': float(pair_precision), 'pairRecall': float(pair_recall), 'pairF1': float(harmonic(pair_precision, pair_recall)),
        'adjustedRand': float(adjusted_rand_score(truth, predicted))}}


contexts = rng.integers(0, 30, 200)
cases = [
    partition_case('noisy', contexts, np.where(rng.random(200) < 0.2, rng.integers(0, 30, 200), contexts)),
    partition_case('every thing alone', contexts, np.arange(200)),
    partition_case('all together', contexts, np.zeros(200, int)),
    partition_case('the same', contexts, contexts + 7),
    partition_case('both alone', np.arange(9), np.arange(9)),
    partition_case('by chance', rng.integers(0, 6, 150), rng.integers(0, 6, 150)),
]
target = pathlib.Path(__file__).with_name('partitions.json')
target.write_text(json.dumps({'sklearn': sklearn.__version__, 'cases': cases}, separators=(',', ':')) + '\n')
