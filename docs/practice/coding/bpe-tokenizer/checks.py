"""What a byte-pair tokenizer gets wrong. Each check is named after what you would see."""

import random

from kit import expect, python_steps, told

_BORDER = "\U0010ffff"
_TEXTS = (
    "",
    " ",
    "a",
    "  two  spaces  ",
    "a tab\tand\r\nlines\n\n of text\n",
    "naïve café, cafe\u0301",
    "Ærø æbler",
    "\ufeffmark\xa0no\u2028break\x00",
    "学习率 学习",
    "👩‍🔬 and 👩‍🔬",
    "A a ＡＡ",
)


def _reference_words(text):
    """The words, letter by letter: a space begins a new one."""
    words = [""]
    for letter in text:
        if letter == " ":
            words.append("")
        words[-1] += letter
    return words


def _line(text):
    """All words in one string, where a token is the character of its number and a border stands between words."""
    return _BORDER.join("".join(map(chr, word.encode())) for word in _reference_words(text))


def _reference_train(text, size):
    """The merges, by counting each pair anew and replacing it in the string."""
    line, merges = _line(text), []
    while 256 + len(merges) < size:
        pairs = [line[at : at + 2] for at in range(len(line) - 1) if _BORDER not in line[at : at + 2]]
        ranked = sorted(set(pairs), key=lambda pair: (-pairs.count(pair), pair))
        if not ranked or pairs.count(ranked[0]) < 2:
            break
        line = line.replace(ranked[0], chr(256 + len(merges)))
        merges.append((ord(ranked[0][0]), ord(ranked[0][1])))
    return merges


def _reference_encode(text, merges):
    """The ids, by replacing every merge in its order in the string."""
    line = _line(text)
    for number, (left, right) in enumerate(merges):
        line = line.replace(chr(left) + chr(right), chr(256 + number))
    return [ord(token) for token in line if token != _BORDER]


def _spelled(token, merges):
    """The bytes of one token, by taking it apart."""
    if token < 256:
        return bytes([token])
    left, right = merges[token - 256]
    return _spelled(left, merges) + _spelled(right, merges)


def _text(seed, letters="abc ", most=40):
    rng = random.Random(seed)
    return "".join(rng.choice(letters) for _ in range(rng.randrange(most)))


def _pairs(got):
    return [tuple(pair) for pair in got]


def _trains(candidate, text, size, **given):
    """Compare the merges up to a size, or to the one at which training stops early: a check of its own looks beyond."""
    wanted = _reference_train(text, size)
    size = 256 + len(wanted)
    expect(_pairs(candidate.train(text, size)), wanted, text=repr(text), size=size, **given)


def _encodes(candidate, text, merges, **given):
    expect(candidate.encode(text, merges), _reference_encode(text, merges), text=repr(text), merges=merges, **given)


def check_the_most_frequent_pair_is_not_merged(candidate):
    """The merges of a text differ from counting every pair again before each merge, in every copy of a word."""
    _trains(candidate, "low low lowly", 300)
    _trains(candidate, "abab dcx dcx dcx", 258, case="each copy of a word counts")
    for seed in range(60):
        _trains(candidate, _text(seed), 257 + seed % 9)


def check_ties_take_another_pair(candidate):
    """Among pairs of equal count the one with the smaller left id, then the smaller right id, is not taken."""
    for text in ("xyxyabab", "ababxyxy", "acacabab", "abcabcabxyxy"):
        _trains(candidate, text, 258, tie="the smaller pair of ids, not what came first and not its letters")


def check_pairs_reach_over_two_words(candidate):
    """A pair is counted or merged over the border of two words, or a word is cut elsewhere than before a space."""
    for text in ("xa ba ca da zz\nzz", "xy ab ac ad", "go  go  go", " a a", "\t\t\t\t", "\n\na\n\n", "\xa0\xa0"):
        _trains(candidate, text, 264, words=_reference_words(text))
    expect(candidate.train("    ", 264), [], text=repr("    "), size=264, words=[" "] * 4)
    for text, merges in (("ba b", [(97, 32)]), ("a  a", [(32, 32)]), ("a a", [(97, 32), (256, 97), (32, 97)])):
        _encodes(candidate, text, merges, words=_reference_words(text))


def check_runs_of_one_letter_go_wrong(candidate):
    """In "aaa" the pair is not counted twice, or it is not merged once, from the left."""
    for text in ("aaa", "aaab", "baaaab", "aaaaaaa", "aaaaabcbcbc"):
        _trains(candidate, text, 260)
    for length in range(1, 12):
        _encodes(candidate, "b" + "a" * length, [(97, 97), (256, 97), (256, 256)])


def check_training_stops_too_early_or_too_late(candidate):
    """There are more than `size` tokens or fewer, a pair is merged that comes once, or a short text is an error."""
    cases = [("abababab", size) for size in (0, 255, 256, 257, 258, 259)]
    cases += [(text, 300) for text in ("", "a", "ab", "a b c", "abcd", "abab", "ab ab", "low low lowly")]
    for text, size in cases:
        expect(_pairs(candidate.train(text, size)), _reference_train(text, size), text=repr(text), size=size)


def check_letters_are_merged_instead_of_bytes(candidate):
    """Letters beyond ASCII are tokens of their own, or an error, instead of two to four bytes."""
    for text, size in (("éé", 257), ("éééé", 258), ("çé çé ç", 257), ("😀😁😂", 257)):
        _trains(candidate, text, size, bytes=list(text.encode()))
    for text in ("éé", "日本日本日", "👩‍🔬👩‍🔬", "ü ö ü ö"):
        _encodes(candidate, text, [], bytes=list(text.encode()))
        _encodes(candidate, text, _reference_train(text, 270))


def check_tokens_are_spelled_wrongly(candidate):
    """The vocabulary is not a list of each token's bytes, single bytes first, then one for each merge."""
    got = candidate.vocabulary([])
    assert isinstance(got, list | tuple), told("a list of bytes", type(got).__name__, merges=[])
    expect(got, [bytes([byte]) for byte in range(256)], merges=[])
    for text in ("low low lowly", "日本日本日", "abcabcabcabc"):
        merges = _reference_train(text, 300)
        got = candidate.vocabulary(merges)
        expect(len(got), 256 + len(merges), merges=merges, asked="the number of tokens")
        expect(got[256:], [_spelled(256 + at, merges) for at in range(len(merges))], merges=merges, asked="from 256 on")


def check_merges_are_not_applied_in_their_order(candidate):
    """The ids differ from applying each merge everywhere before the next: the longest token goes first, for example."""
    _encodes(candidate, "abcd", [(97, 98), (98, 99), (257, 100)], case="ab is merged first, so bcd cannot be")
    _encodes(candidate, "abcd", [(98, 99), (97, 98), (99, 100)], case="bc is merged first, though ab stands before it")
    for seed in range(80):
        merges = _reference_train(_text(seed, most=60), 257 + seed % 12)
        _encodes(candidate, _text(1000 + seed), merges)


def check_a_text_comes_back_changed(candidate):
    """Decoding what was encoded is not the text: spaces, lines, marks or rare letters are lost or changed."""
    for text in _TEXTS:
        for merges in ([], _reference_train(" ".join(_TEXTS), 270)):
            got = candidate.decode(candidate.encode(text, merges), merges)
            expect(ascii(got), ascii(text), merges=len(merges))


def check_bytes_that_are_no_text_are_an_error(candidate):
    """Bytes that are not UTF-8 raise an error or vanish, or a character spread over two tokens is lost."""
    merges = [(226, 130), (255, 97)]
    for ids in ([195, 169], [256, 172], [98, 256], [255], [97, 195, 32, 98], [257, 128, 129], [240, 159, 145], []):
        joined = b"".join(_spelled(token, merges) for token in ids)
        wanted = joined.decode("utf-8", errors="replace")
        expect(ascii(candidate.decode(ids, merges)), ascii(wanted), ids=ids, merges=merges, bytes=repr(joined))


def check_an_unknown_id_is_not_refused(candidate):
    """A negative id, or one beyond the vocabulary, stands for some token or raises another error than ValueError."""
    merges = [(97, 98), (256, 99)]
    expect(ascii(candidate.decode([0, 97, 257], merges)), ascii("\x00aabc"), ids=[0, 97, 257], merges=merges)
    for ids, known in (([-1], []), ([256], []), ([97, 258], merges), ([-256], merges), ([97, 1000], merges)):
        try:
            got = repr(candidate.decode(ids, known))
        except ValueError:
            continue
        except Exception as error:
            got = type(error).__name__
        raise AssertionError(told("ValueError", got, ids=ids, merges=known))


def check_a_call_changes_the_next(candidate):
    """The merges or the ids that were passed in are different afterward, or a second call gives another answer."""
    merges, ids = [(97, 98), (256, 99)], [257, 256, 100]
    for number in (1, 2):
        expect(_pairs(candidate.train("abcabc", 258)), [(97, 98), (256, 99)], text="abcabc", size=258, call=number)
        expect(candidate.encode("abcabd", merges), [257, 256, 100], text="abcabd", merges="ab, abc", call=number)
        expect(candidate.decode(ids, merges), "abcabd", ids="abc, ab, d", merges="ab, abc", call=number)
        candidate.vocabulary(merges)
        expect(merges, [(97, 98), (256, 99)], merges="after the calls")
        expect(ids, [257, 256, 100], ids="after the calls")


def check_every_copy_of_a_word_is_visited(candidate):
    """The steps of each merge grow with the copies of a word, though a word and its number of copies would do."""
    words = ["tokens", "learned", "lowest", "merges", "nothing", "smaller", "letters", "counted"]
    few, many = (python_steps(lambda n=n: candidate.train(" ".join(words * n), 296)) for n in (3, 60))
    most = few + 150 * len(words) * 57
    assert many < most, told(
        f"at most {most:,} steps: none of the 40 merges visits all copies",
        f"{many:,} steps",
        text="8 words, each 60 times",
        steps=f"{few:,} for each word 3 times",
    )
