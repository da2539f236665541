"""Overlap of boxes, non-maximum suppression and average precision, in
NumPy. A box is x1, y1, x2, y2."""

import numpy as np


def iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the intersection over union of each box of a (n, 4) with
    each of b (m, 4), shape (n, m); 0 where the union is 0. O(n m)."""
    a, b = a.astype(float), b.astype(float)
    low = np.maximum(a[:, None, :2], b[:, :2])
    high = np.minimum(a[:, None, 2:], b[:, 2:])
    # Apart on both axes: two negative sides have a positive product.
    overlap = np.clip(high - low, 0.0, None).prod(axis=2)
    areas_a = (a[:, 2:] - a[:, :2]).prod(axis=1)
    areas_b = (b[:, 2:] - b[:, :2]).prod(axis=1)
    union = areas_a[:, None] + areas_b - overlap
    nothing = np.zeros_like(overlap)
    return np.divide(overlap, union, out=nothing, where=union > 0)


def ranking(scores: np.ndarray) -> np.ndarray:
    """Return the indices of scores (n,) by falling score, equal ones
    by rising index. O(n log n)."""
    return np.argsort(-scores.astype(float), kind="stable")


def nms(
    boxes: np.ndarray,
    scores: np.ndarray,
    classes: np.ndarray,
    threshold: float = 0.5,
) -> np.ndarray:
    """Return the indices of the boxes (n, 4) that are kept, by falling
    score: a box goes if its IoU with a kept box of its class exceeds
    the threshold. O(n k) for k kept boxes, in O(n) memory."""
    kept = []
    order = ranking(scores)
    while order.size:
        best, rest = order[0], order[1:]
        kept.append(best)
        overlaps = iou(boxes[best][None], boxes[rest]).ravel()
        other = classes[rest] != classes[best]
        order = rest[other | (overlaps <= threshold)]
    return np.array(kept, dtype=int)


def match(
    boxes: np.ndarray,
    scores: np.ndarray,
    truth: np.ndarray,
    threshold: float = 0.5,
) -> np.ndarray:
    """Tell of each detection (n, 4) of one image and class whether it
    is a hit, shape (n,). By falling score, each takes the true box
    (m, 4) that overlaps it most among those left, if the IoU reaches
    the threshold. O(n m)."""
    overlaps = iou(boxes, truth)
    hits = np.zeros(len(boxes), dtype=bool)
    if len(truth) == 0:
        return hits
    for i in ranking(scores):
        best = overlaps[i].argmax()
        if overlaps[i, best] >= threshold:
            hits[i] = True
            overlaps[:, best] = -np.inf  # taken
    return hits


def average_precision(
    images: list[tuple[np.ndarray, np.ndarray, np.ndarray]],
    threshold: float = 0.5,
) -> float:
    """Return the area under the envelope of precision over recall, of
    one class in a data set; each image is its boxes, their scores and
    the true boxes. O(n log n) after matching n detections."""
    total = sum(len(truth) for _, _, truth in images)
    if total == 0:
        raise ValueError("the average precision needs a true box")
    # Matched in their image, ranked in the whole data set.
    matched = [match(*image, threshold) for image in images]
    scores = np.concatenate([each for _, each, _ in images])
    hits = np.concatenate(matched)[ranking(scores)]
    precision = hits.cumsum() / np.arange(1, len(hits) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(envelope[hits].sum() / total)
