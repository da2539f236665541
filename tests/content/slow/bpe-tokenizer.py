"""A tokenizer as one writes it first: training and encoding walk over every copy of every word."""

import re
from itertools import pairwise


def cut(text):
    return [list(word.encode()) for word in re.findall(" ?[^ ]+| ", text)]


def replaced(ids, pair, new):
    out, at = [], 0
    while at < len(ids):
        if at + 1 < len(ids) and ids[at] == pair[0] and ids[at + 1] == pair[1]:
            out.append(new)
            at += 2
        else:
            out.append(ids[at])
            at += 1
    return out


def train(text, size):
    words, merges = cut(text), []
    while 256 + len(merges) < size:
        counts = {}
        for word in words:
            for pair in pairwise(word):
                counts[pair] = counts.get(pair, 0) + 1
        if not counts or max(counts.values()) < 2:
            break
        most = max(counts.values())
        pair = min(pair for pair, count in counts.items() if count == most)
        words = [replaced(word, pair, 256 + len(merges)) for word in words]
        merges.append(pair)
    return merges


def vocabulary(merges):
    tokens = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        tokens.append(tokens[left] + tokens[right])
    return tokens


def encode(text, merges):
    out = []
    for ids in cut(text):
        for number, pair in enumerate(merges):
            ids = replaced(ids, pair, 256 + number)
        out.extend(ids)
    return out


def decode(ids, merges):
    tokens = dict(enumerate(vocabulary(merges)))
    if any(token not in tokens for token in ids):
        raise ValueError("unknown token")
    return b"".join(tokens[token] for token in ids).decode(errors="replace")
