"""A byte-pair tokenizer on the bytes of UTF-8, in plain Python. Tokens
0 to 255 are the bytes; merge i makes token 256 + i out of two."""

from collections import Counter
from itertools import pairwise

Pair = tuple[int, int]


def _words(text: str) -> list[bytes]:
    """Return the bytes of each word; a space begins the next word."""
    first, *others = text.encode().split(b" ")
    return [first] + [b" " + other for other in others]


def _merged(ids: list[int], pair: Pair, new: int) -> list[int]:
    """Return the ids with each place of the pair replaced, from the
    left. O(length)."""
    merged: list[int] = []
    for token in ids:
        # The last one may be `new` already, which is not in the pair.
        if merged and (merged[-1], token) == pair:
            merged[-1] = new
        else:
            merged.append(token)
    return merged


def train(text: str, size: int) -> list[Pair]:
    """Return the merges in the order in which they are learned, until
    there are `size` tokens or no pair comes twice. O(bytes of the text
    + merges * bytes of the different words)."""
    spelled = [
        (list(word), times)
        for word, times in Counter(_words(text)).items()
    ]
    merges: list[Pair] = []
    for new in range(256, size):
        counts: Counter[Pair] = Counter()
        for ids, times in spelled:
            for pair in pairwise(ids):
                counts[pair] += times
        repeated = [pair for pair in counts if counts[pair] >= 2]
        if not repeated:
            break
        best = min(repeated, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        spelled = [
            (_merged(ids, best, new), times) for ids, times in spelled
        ]
    return merges


def vocabulary(merges: list[Pair]) -> list[bytes]:
    """Return the bytes of each token, at the place of its id. O(bytes
    of all tokens)."""
    spelling = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        spelling.append(spelling[left] + spelling[right])
    return spelling


def encode(text: str, merges: list[Pair]) -> list[int]:
    """Return the ids of a text: in each word the merge that was learned
    first comes first. O(merges + L^2 for a word of L bytes)."""
    tokens = {pair: 256 + i for i, pair in enumerate(merges)}
    encoded: list[int] = []
    for word in _words(text):
        ids = list(word)
        while known := [p for p in pairwise(ids) if p in tokens]:
            earliest = min(known, key=tokens.__getitem__)
            ids = _merged(ids, earliest, tokens[earliest])
        encoded += ids
    return encoded


def decode(ids: list[int], merges: list[Pair]) -> str:
    """Return the text of the ids, with U+FFFD for what is not UTF-8.
    O(bytes of all tokens + of the text)."""
    spelling = vocabulary(merges)
    for token in ids:
        if not 0 <= token < len(spelling):
            raise ValueError(f"there is no token {token}")
    # All bytes first: a character may be spread over several tokens.
    joined = b"".join(spelling[token] for token in ids)
    return joined.decode("utf-8", errors="replace")
