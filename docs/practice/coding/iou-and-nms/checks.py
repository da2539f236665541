"""What overlap, suppression and matching of boxes get wrong. Each check is named after what you would see."""

import numpy as np
from kit import expect, expect_no_loop, peak_bytes, told

LIMITS = {"check_boxes_are_looped_over": 20}


def _boxes(n, seed=0, size=40.0, shift=0.0):
    """Boxes of a few objects, several around each, in an image of that size; all coordinates moved by the shift."""
    rng = np.random.default_rng(seed)
    objects = rng.uniform(0, 0.7, size=(max(1, n // 4), 2))
    corner = objects[rng.integers(len(objects), size=n)] + rng.normal(scale=0.03, size=(n, 2))
    return np.hstack([corner, corner + rng.uniform(0.2, 0.35, size=(n, 2))]) * size + shift


def _detections(n, seed=0, kinds=3, levels=0, **more):
    """Boxes, scores and classes; with `levels` many scores are equal."""
    rng = np.random.default_rng(seed + 100)
    scores = rng.integers(1, levels + 1, size=n) / (levels + 1) if levels else rng.uniform(0.05, 1, size=n)
    return _boxes(n, seed, **more), scores, rng.integers(kinds, size=n)


def _reference_one(a, b):
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = map(float, a), map(float, b)
    width = max(0.0, min(right, other_right) - max(left, other_left))
    height = max(0.0, min(bottom, other_bottom) - max(top, other_top))
    areas = (right - left) * (bottom - top) + (other_right - other_left) * (other_bottom - other_top)
    return width * height / (areas - width * height) if areas > 0 else 0.0


def _reference_iou(a, b):
    return np.array([[_reference_one(one, other) for other in b] for one in a]).reshape(len(a), len(b))


def _reference_ranking(scores):
    return sorted(range(len(scores)), key=lambda i: (-float(scores[i]), i))


def _reference_nms(boxes, scores, classes, threshold=0.5):
    kept = []
    for i in _reference_ranking(scores):
        rivals = [k for k in kept if classes[k] == classes[i]]
        if all(_reference_one(boxes[i], boxes[k]) <= threshold for k in rivals):
            kept.append(i)
    return np.array(kept, dtype=int)


def _reference_match(boxes, scores, truth, threshold=0.5):
    hits, left = [False] * len(boxes), list(range(len(truth)))
    for i in _reference_ranking(scores):
        best, most = None, -1.0
        for j in left:
            overlap = _reference_one(boxes[i], truth[j])
            if overlap > most:
                best, most = j, overlap
        if best is not None and most >= threshold:
            hits[i] = True
            left.remove(best)
    return np.array(hits, dtype=bool)


def _reference_average_precision(images, threshold=0.5):
    scores, hits, total = [], [], 0
    for boxes, each, truth in images:
        scores += [float(score) for score in each]
        hits += list(_reference_match(boxes, each, truth, threshold))
        total += len(truth)
    ranked = [bool(hits[i]) for i in _reference_ranking(scores)]
    precision = [sum(ranked[: k + 1]) / (k + 1) for k in range(len(ranked))]
    return sum(max(precision[k:]) for k in range(len(ranked)) if ranked[k]) / total


def _none(n=0):
    return np.zeros((n, 4))


def _image(n, m, seed, levels=0):
    """One image of one class: n detections with scores, and m true boxes near some of them."""
    boxes, scores, _ = _detections(n, seed, levels=levels)
    rng = np.random.default_rng(seed + 200)
    near = boxes[rng.permutation(n)[:m]] if n else _boxes(m, seed)
    return boxes, scores, near + rng.normal(scale=0.8, size=near.shape) * [1, 1, 0, 0]


def _check_nms(candidate, boxes, scores, classes, threshold=0.5, **given):
    got = candidate.nms(boxes, scores, classes, threshold)
    expected = _reference_nms(boxes, scores, classes, threshold)
    expect(got, expected, boxes=boxes, scores=scores, classes=classes, threshold=threshold, **given)


def _check_match(candidate, boxes, scores, truth, threshold=0.5):
    got = candidate.match(boxes, scores, truth, threshold)
    expected = _reference_match(boxes, scores, truth, threshold)
    expect(got, expected, boxes=boxes, scores=scores, truth=truth, threshold=threshold)


def _shapes(images):
    return [f"{len(boxes)} detections, {len(truth)} true boxes" for boxes, _, truth in images]


def check_boxes_apart_or_touching_overlap(candidate):
    """Boxes that lie apart, or that share no more than an edge or a corner, have an IoU other than 0."""
    box = np.array([[10.0, 10.0, 20.0, 20.0]])
    places = np.array([(x, y) for x in (-30.0, 0.0, 10.0, 20.0, 45.0) for y in (-30.0, 0.0, 10.0, 20.0, 45.0)])
    others = np.hstack([places, places + 10.0])
    others = others[(others[:, 0] != 10.0) | (others[:, 1] != 10.0)]
    expect(candidate.iou(box, others), np.zeros((1, 24)), a=box, b="others left, right, above, below or at a corner")


def check_the_iou_is_not_intersection_over_union(candidate):
    """The IoU of overlapping, nested or equal boxes is wrong, or its rows are not the boxes of the first argument."""
    for n, m, size, shift in ((5, 3, 40.0, 0.0), (1, 4, 1.0, 0.0), (6, 6, 300.0, -150.0), (3, 5, 0.02, 0.4)):
        a, b = _boxes(n, n, size, shift), _boxes(m, n + 1, size, shift)
        b[0], b[-1] = a[0], (a[-1] + a[-1][[2, 3, 2, 3]]) / 2
        expect(candidate.iou(a, b), _reference_iou(a, b), a=a, b=b)
        expect(candidate.iou(a, a), _reference_iou(a, a), a=a, b="the same boxes")


def check_boxes_without_area_give_nan(candidate):
    """A point or a line has an IoU other than 0, with itself or with a box around it, or there is a warning."""
    a = np.array([[3.0, 3, 3, 3], [1, 2, 5, 2], [4, 0, 4, 9], [0, 0, 9, 9]])
    with np.errstate(all="raise"):
        got = candidate.iou(a, a)
    expect(got, np.diag([0.0, 0.0, 0.0, 1.0]), a=a, b="the same boxes")


def check_the_iou_loses_its_shape(candidate):
    """With one box or none on either side the IoU does not have the shape (n, m)."""
    for n in (0, 1, 3):
        for m in (0, 1, 3):
            a, b = _boxes(n, 1), _boxes(m, 2)
            expect(candidate.iou(a, b), _reference_iou(a, b), shapes=f"a {a.shape}, b {b.shape}")


def check_whole_coordinates_wrap_around(candidate):
    """Coordinates that are integers give another IoU than the same ones as floats: differences or areas overflow."""
    for kind, size in ((np.uint8, 250), (np.int16, 30_000), (np.int32, 200_000), (np.uint16, 60_000)):
        a, b = (_boxes(6, seed, size * 0.9).clip(0, size).astype(kind) for seed in (3, 4))
        expect(candidate.iou(a, b), _reference_iou(a, b), a=repr(a), b=repr(b))
        expect(candidate.iou(a, b.astype(float)), _reference_iou(a, b), a=repr(a), b="floats")


def check_the_ranking_is_wrong(candidate):
    """The first index is not that of the highest score, or the last not that of the lowest."""
    scores = _detections(12)[1]
    for each in (scores, -scores, scores * 1e-9, np.zeros(0)):
        expect(candidate.ranking(each), np.array(_reference_ranking(each), dtype=int), scores=each)


def check_equal_scores_change_places(candidate):
    """Boxes of equal score do not keep the order of their indices."""
    for n, levels in ((6, 2), (200, 3), (300, 1)):
        boxes, scores, classes = _detections(n, n, levels=levels)
        expect(candidate.ranking(scores), np.array(_reference_ranking(scores)), scores=scores)
        if n < 250:
            _check_nms(candidate, boxes, scores, classes)


def check_scores_of_bytes_are_ranked_wrongly(candidate):
    """Scores that are integers are ranked in another order than the same ones as floats."""
    values = np.array([0, 200, 3, 127, 3, 255, 0, 128])
    for scores in (values.astype(np.uint8), (values - 128).astype(np.int8), values - 100):
        expect(candidate.ranking(scores), np.array(_reference_ranking(scores)), scores=repr(scores))
        boxes, _, truth = _image(8, 3, 7)
        _check_nms(candidate, boxes, scores, np.zeros(8, dtype=int))
        _check_match(candidate, boxes, scores, truth)
        images = [(boxes, scores, truth), (boxes[::-1], scores, truth)]
        expect(candidate.average_precision(images), _reference_average_precision(images), scores=repr(scores))


def check_the_wrong_boxes_are_kept(candidate):
    """The kept boxes are not those of greedy suppression, or they do not come by falling score."""
    for seed, n in ((0, 5), (1, 12), (2, 30)):
        for threshold in (0.2, 0.5, 0.8):
            boxes, scores, _ = _detections(n, seed)
            _check_nms(candidate, boxes, scores, np.zeros(n, dtype=int), threshold)


def check_a_box_that_is_gone_removes_others(candidate):
    """A box that was suppressed suppresses another one."""
    boxes = np.array([[0.0, 0, 10, 10], [3, 0, 13, 10], [6, 0, 16, 10], [9, 0, 19, 10], [12, 0, 22, 10]])
    for scores in (np.array([0.9, 0.8, 0.7, 0.6, 0.5]), np.array([0.5, 0.6, 0.9, 0.8, 0.7])):
        _check_nms(candidate, boxes, scores, np.zeros(5, dtype=int))


def check_a_box_at_the_threshold_is_suppressed(candidate):
    """A box whose IoU with a kept one equals the threshold goes, although only a larger IoU suppresses."""
    boxes = np.array([[0, 0, 8, 8], [0, 0, 8, 4], [0, 0, 4, 4], [0, 0, 8, 5]])
    scores, classes = np.array([0.9, 0.8, 0.7, 0.6]), np.zeros(4, dtype=int)
    for threshold in (0.5, 0.25, 0.625, 0.0):
        _check_nms(candidate, boxes, scores, classes, threshold)
    touching = np.array([[0, 0, 4, 4], [4, 0, 8, 4], [4, 4, 8, 8]])
    _check_nms(candidate, touching, scores[:3], classes[:3], 0.0)


def check_classes_suppress_each_other(candidate):
    """A box goes because of a box of another class, or the kept boxes of all classes are not by falling score."""
    for seed in range(3):
        boxes, scores, classes = _detections(24, seed)
        _check_nms(candidate, boxes, scores, classes)
        _check_nms(candidate, boxes, scores, classes[::-1] * 7 - 5)


def check_where_the_boxes_lie_changes_what_is_kept(candidate):
    """With negative coordinates or large numbers of classes other boxes are kept, as if classes were moved apart."""
    for shift in (-100.0, -30.0, 500.0):
        boxes, scores, classes = _detections(24, 5, shift=shift)
        _check_nms(candidate, boxes, scores, classes)
        _check_nms(candidate, boxes, scores, classes + 10**15)
    # Two classes of one box each, and the second would lie on the first if it were moved by one step.
    boxes = np.array([[-9.0, -9, 1, 1], [-11, -11, -1, -1]])
    _check_nms(candidate, boxes, np.array([0.9, 0.8]), np.array([0, 1]))


def check_a_box_that_does_not_cover_itself_stays_forever(candidate):
    """A box without area, or any box at a threshold of 1, is kept twice or makes the loop endless."""
    boxes = np.array([[2.0, 2, 2, 2], [2, 2, 2, 2], [0, 0, 4, 4], [0, 0, 4, 4], [1, 3, 9, 3]])
    scores, classes = np.array([0.5, 0.9, 0.4, 0.8, 0.7]), np.zeros(5, dtype=int)
    for threshold in (0.0, 0.5, 1.0):
        _check_nms(candidate, boxes, scores, classes, threshold)


def check_an_image_without_boxes_is_an_error(candidate):
    """Without boxes, `nms` does not return an empty array, or what it returns are not integers."""
    for n in (0, 1, 4):
        boxes, scores, classes = _detections(n, n)
        got = candidate.nms(boxes, scores, classes)
        expect(got, _reference_nms(boxes, scores, classes), boxes=boxes, scores=scores, classes=classes)
        kind = got.dtype.kind if isinstance(got, np.ndarray) else "no array"
        assert kind in "iu", told("an array of integers", f"{got!r}", boxes=f"{n} of them")


def check_a_duplicate_is_a_hit(candidate):
    """Two detections of one object are both hits, or the one of lower score is."""
    truth = np.array([[0.0, 0, 10, 10], [30, 30, 40, 40]])
    boxes = np.array([[0.0, 0, 10, 9], [0, 0, 10, 10], [1, 0, 11, 10], [30, 30, 40, 39]])
    for scores in (np.array([0.9, 0.8, 0.7, 0.6]), np.array([0.2, 0.8, 0.7, 0.9])):
        _check_match(candidate, boxes, scores, truth)


def check_hits_are_not_those_of_greedy_matching(candidate):
    """The hits are not those of matching by falling score, or do not come in the order of the detections."""
    for seed, n, m in ((0, 4, 3), (1, 12, 6), (2, 30, 12)):
        for threshold in (0.3, 0.5, 0.75):
            _check_match(candidate, *_image(n, m, seed), threshold)
            _check_match(candidate, *_image(n, m, seed, levels=2), threshold)


def check_a_taken_object_hides_the_next_best(candidate):
    """A detection is a miss because its best object is taken, although another one overlaps it enough."""
    truth = np.array([[0.0, 0, 10, 10], [2, 0, 12, 10]])
    boxes = np.array([[0.0, 0, 10, 10], [0.5, 0, 10.5, 10]])
    for scores in (np.array([0.9, 0.8]), np.array([0.8, 0.9])):
        for order in ([0, 1], [1, 0]):
            _check_match(candidate, boxes, scores, truth[order])


def check_the_best_object_is_not_the_one_taken(candidate):
    """Among several objects a detection does not take the one that it overlaps most, the first of equal ones."""
    truth = np.array([[0, 0, 10, 10], [4, 0, 14, 10]])
    for first in (2, 1, 3):
        for other in (0, 4):
            boxes = np.array([[first, 0, first + 10, 10], [other, 0, other + 10, 10]])
            for order in ([0, 1], [1, 0]):
                _check_match(candidate, boxes, np.array([0.9, 0.8]), truth[order])


def check_a_match_at_the_threshold_is_missed(candidate):
    """A detection whose IoU equals the threshold is a miss, or one just below it is a hit."""
    truth = np.array([[0, 0, 8, 8], [20, 0, 28, 8]])
    boxes = np.array([[0, 0, 8, 4], [20, 0, 28, 6]])
    for threshold in (0.5, 0.75, 0.5 + 1e-9, 0.75 - 1e-9):
        _check_match(candidate, boxes, np.array([0.9, 0.8]), truth, threshold)


def check_an_image_without_objects_breaks_the_matching(candidate):
    """Without true boxes or without detections the hits have another shape, are no booleans, or there is an error."""
    for n, m in ((3, 0), (0, 2), (0, 0), (1, 1)):
        boxes, scores, truth = _boxes(n, 6), np.arange(n) / 7, _boxes(m, 6)
        got = candidate.match(boxes, scores, truth)
        expect(got, _reference_match(boxes, scores, truth), boxes=boxes, truth=truth)
        kind = got.dtype.name if isinstance(got, np.ndarray) else "no array"
        assert kind == "bool", told("an array of booleans", f"{got!r}", boxes=f"{n} of them", truth=f"{m} of them")


def check_the_average_precision_is_wrong(candidate):
    """For one image, the average precision is not the area under the envelope of its precision."""
    for seed, n, m in ((0, 6, 3), (1, 12, 6), (2, 30, 12), (3, 8, 1)):
        for threshold in (0.3, 0.6):
            images = [_image(n, m, seed)]
            expected = _reference_average_precision(images, threshold)
            expect(candidate.average_precision(images, threshold), expected, images=images, threshold=threshold)


def check_precision_is_not_lifted_to_its_envelope(candidate):
    """At a hit, a higher precision further down the ranking is not used, or a lower one is."""
    truth = np.array([[20.0 * k, 0, 20.0 * k + 10, 10] for k in range(6)])
    for hits in ([1, 0, 0, 1, 1, 1], [0, 1, 1, 0, 1], [1, 1, 0, 0], [0, 0, 0, 1]):
        boxes = truth[: len(hits)] + 500.0 * (1 - np.array(hits)[:, None])
        images = [(boxes, 1.0 - np.arange(len(hits)) / 10, truth)]
        expected = _reference_average_precision(images)
        expect(candidate.average_precision(images), expected, hits_by_falling_score=hits, true_boxes=6)


def check_images_are_ranked_apart(candidate):
    """Detections are ranked in each image instead of in all together, or are matched across images."""
    for seed in range(4):
        images = [_image(n, m, 10 * seed + n, levels=2 * (seed % 2)) for n, m in ((6, 4), (9, 2), (5, 5))]
        for order in ([0, 1, 2], [2, 0, 1]):
            given = [images[k] for k in order]
            expect(candidate.average_precision(given), _reference_average_precision(given), images=_shapes(given))


def check_an_image_with_nothing_is_skipped(candidate):
    """False alarms in images without objects do not count, or objects in images without detections do not."""
    full = _image(8, 4, 3)
    alarms, missed, empty = _image(5, 0, 4), _image(0, 3, 5), _image(0, 0, 6)
    alarms = alarms[0], alarms[1] + 1.0, alarms[2]
    for images in ([full, alarms], [missed, full], [empty, full, alarms, missed], [missed]):
        expected = _reference_average_precision(images)
        expect(candidate.average_precision(images), expected, images=_shapes(images))


def check_nothing_to_find_is_scored(candidate):
    """Without a true box in any image the average precision is a number, instead of a ValueError."""
    for images in ([], [_image(3, 0, 1)], [_image(3, 0, 1), _image(0, 0, 2)]):
        try:
            with np.errstate(all="ignore"):
                got = candidate.average_precision(images)
        except ValueError:
            continue
        raise AssertionError(told("a ValueError", got, images=_shapes(images)))
    expect(candidate.average_precision([_image(0, 1, 1)]), 0.0, images="one true box, no detection")


def check_a_default_is_not_one_half(candidate):
    """Without a threshold, `nms`, `match` or `average_precision` does not use 0.5."""
    boxes = np.array([[0, 0, 16, 16], [0, 0, 16, 9], [30, 0, 46, 16], [30, 0, 46, 7]])
    scores, truth = np.array([0.9, 0.8, 0.7, 0.6]), boxes[[0, 2]]
    expect(candidate.nms(boxes, scores, np.zeros(4, dtype=int)), np.array([0, 2, 3]), boxes=boxes)
    found = np.array([True, False])
    expect(candidate.match(boxes[[1, 3]], scores[:2], truth), found, boxes=boxes[[1, 3]], truth=truth)
    images = [(boxes[[1, 3]], scores[:2], truth)]
    expect(candidate.average_precision(images), 0.5, boxes=boxes[[1, 3]], truth=truth)


def check_all_pairs_are_held(candidate):
    """The memory of `nms` grows with the square of the number of boxes: a table of all pairs."""
    boxes, scores, classes = _detections(1200)
    used = peak_bytes(lambda: candidate.nms(boxes, scores, classes))
    assert used < 1_000_000, told("less than 1 MB for 1,200 boxes", f"{used / 1e6:,.1f} MB")


def check_boxes_are_looped_over(candidate):
    """A Python loop runs over all boxes, in `iou` or in `nms`; one over the boxes that are kept is allowed."""
    three = _boxes(3)
    expect_no_loop(lambda n: lambda: candidate.iou(_boxes(n), three), "boxes of the first argument")
    expect_no_loop(lambda n: lambda: candidate.iou(three, _boxes(n)), "boxes of the second argument")

    def suppressed(n):
        boxes, scores = np.tile(three[0], (n, 1)), np.arange(n) / n
        return lambda: candidate.nms(boxes, scores, np.arange(n) % 2)

    expect_no_loop(suppressed, "boxes of which two are kept")


def check_the_arguments_are_changed(candidate):
    """Boxes, scores, classes or true boxes are different afterward: something was sorted or updated in place."""
    boxes, scores, classes = _detections(12)
    truth = boxes[:5] + 0.1
    given = {"boxes": boxes, "scores": scores, "classes": classes, "truth": truth}
    kept = {name: each.copy() for name, each in given.items()}
    candidate.iou(boxes, truth)
    candidate.ranking(scores)
    candidate.nms(boxes, scores, classes)
    candidate.match(boxes, scores, truth)
    images = [(boxes, scores, truth), (truth, scores[:5], boxes)]
    candidate.average_precision(images)
    assert _reference_match(boxes, kept["scores"], kept["truth"]).any()
    for name, each in given.items():
        expect(each, kept[name], case=f"{name} after every function was called")
    expect(len(images), 2, case="the number of images after every function was called")
