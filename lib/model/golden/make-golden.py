"""Golden figures for lib/model/metrics from scikit-learn. Run where scikit-learn and numpy are installed:

    python lib/model/golden/make-golden.py

writes metrics.json beside this file. Calibration is not in scikit-learn; it is computed here from its definition.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, cohen_kappa_score, confusion_matrix, f1_score, precision_recall_fscore_support


def expected_calibration_error(confidence, right, bins):
    error = 0.0
    for low, high in zip(np.linspace(0, 1, bins + 1)[:-1], np.linspace(0, 1, bins + 1)[1:]):
        inside = (confidence > low) & (confidence <= high) | ((low == 0) & (confidence == 0))
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


def platt(confidence, right):
    good = int(right.sum())
    targets = np.where(right, (good + 1) / (good + 2), 1 / (len(right) - good + 2))
    clipped = np.clip(confidence, 1e-12, 1 - 1e-12)
    x = np.log(clipped / (1 - clipped))[:, None]
    # A smoothed target t is one line that is right with weight t and wrong with weight 1 - t.
    model = LogisticRegression(C=np.inf, tol=1e-14, max_iter=100000, solver='newton-cholesky')
    model.fit(np.vstack([x, x]), np.repeat([1, 0], len(x)), sample_weight=np.concatenate([targets, 1 - targets]))
    return [float(model.coef_[0, 0]), float(model.intercept_[0])]


def case(name, rng, classes, lines, wrong):
    names = np.array([f'r{i % 7}|s{i % 3}|{i}' for i in range(classes)])
    weight = 1 / np.arange(1, classes + 1)
    truth = rng.choice(names, lines, p=weight / weight.sum())
    noise = rng.choice(np.append(names, 'never-true'), lines)
    predicted = np.where(rng.random(lines) < wrong, noise, truth)
    confidence = np.round(rng.random(lines), 6)
    right = truth == predicted
    labels = sorted(set(truth) | set(predicted))
    precision, recall, f1, support = precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=0)
    parts_true, parts_predicted = rng.integers(0, 3, (lines, 5)), rng.integers(0, 3, (lines, 5))
    matrix = confusion_matrix(truth, predicted, labels=labels)
    return {
        'name': name, 'truth': truth.tolist(), 'predicted': predicted.tolist(), 'confidence': confidence.tolist(),
        'partsTrue': parts_true.ravel().tolist(), 'partsPredicted': parts_predicted.ravel().tolist(),
        'accuracy': accuracy_score(truth, predicted),
        'macroF1': f1_score(truth, predicted, average='macro', zero_division=0),
        'weightedF1': f1_score(truth, predicted, average='weighted', zero_division=0),
        'kappa': cohen_kappa_score(truth, predicted),
        'calibrationError': expected_calibration_error(confidence, right, 15),
        'parts': [accuracy_score(parts_true[:, k], parts_predicted[:, k]) for k in range(5)],
        'partsF1': [f1_score(parts_true[:, k], parts_predicted[:, k], average='macro') for k in range(5)],
        'perClass': [{'label': l, 'precision': p, 'recall': r, 'f1': f, 'support': int(s)} for l, p, r, f, s in zip(labels, precision, recall, f1, support)],
        'confusion': [[labels[i], labels[j], int(matrix[i, j])] for i, j in zip(*matrix.nonzero())],
    }


def confidence_case(rng, lines, slope, intercept):
    confidence = np.round(rng.uniform(0.01, 0.6, lines), 6)
    right = rng.random(lines) < 1 / (1 + np.exp(-(slope * np.log(confidence / (1 - confidence)) + intercept)))
    return {'confidence': confidence.tolist(), 'right': right.astype(int).tolist(), 'map': platt(confidence, right)}


rng = np.random.default_rng(20240501)
cases = [case('two classes', rng, 2, 40, 0.3), case('many rare classes', rng, 60, 400, 0.25), case('all right', rng, 5, 50, 0.0), case('mostly wrong', rng, 12, 90, 0.95)]
confidences = [confidence_case(rng, 300, 1.5, 3.0), confidence_case(rng, 200, 0.8, 0.5), confidence_case(rng, 80, 1.0, 30.0)]
target = pathlib.Path(__file__).with_name('metrics.json')
target.write_text(json.dumps({'sklearn': sklearn.__version__, 'cases': cases, 'confidences': confidences}, separators=(',', ':')) + '\n')
