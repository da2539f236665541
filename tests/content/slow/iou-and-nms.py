"""Boxes by loops, one pair after the other: slow, and right."""

import numpy as np


def pair(a, b):
    a, b = [float(v) for v in a], [float(v) for v in b]
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)]
    return width * height / (sum(areas) - width * height)


def iou(a, b):
    table = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            table[i, j] = pair(a[i], b[j])
    return table


def ranking(scores):
    return np.array(sorted(range(len(scores)), key=lambda i: float(scores[i]), reverse=True), dtype=int)


def nms(boxes, scores, classes, threshold=0.5):
    kept = []
    for i in ranking(scores):
        for k in kept:
            if classes[i] == classes[k] and pair(boxes[i], boxes[k]) > threshold:
                break
        else:
            kept.append(i)
    return np.array(kept, dtype=int)


def match(boxes, scores, truth, threshold=0.5):
    hits, taken = [False] * len(boxes), [False] * len(truth)
    for i in ranking(scores):
        best = None
        for j in range(len(truth)):
            if not taken[j] and (best is None or pair(boxes[i], truth[j]) > pair(boxes[i], truth[best])):
                best = j
        if best is not None and pair(boxes[i], truth[best]) >= threshold:
            hits[i] = taken[best] = True
    return np.array(hits, dtype=bool)


def average_precision(images, threshold=0.5):
    total, rows = 0, []
    for boxes, scores, truth in images:
        total += len(truth)
        rows += zip(scores, match(boxes, scores, truth, threshold), strict=True)
    if total == 0:
        raise ValueError("no true box")
    rows.sort(key=lambda row: -float(row[0]))
    found, area, points = 0, 0.0, []
    for k, (_, hit) in enumerate(rows, 1):
        found += hit
        points.append(found / k)
    for k, (_, hit) in enumerate(rows):
        if hit:
            area += max(points[k:]) / total
    return float(area)
