"""Every rule passes what is right and refuses what is wrong, at the right place, with a fix.

Each case changes one text of a site that is otherwise valid, and names the Problem that this must give, and no other.
"""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from guide.check.references import cycles
from guide.check.rules import RULES, check
from guide.model.catalogue import Catalogue, Page
from guide.model.vocabulary import AREA_SECTIONS, FRAMEWORK_AREA
from guide.read.load import load

from tests.guide.sitekit import (
    CASE_PATH,
    CHAPTER_PATH,
    EXERCISE,
    HINT,
    ITEM,
    MERMAID,
    MISTAKE,
    NOTEBOOK_PATH,
    OTHER_PATH,
    ROUND_PATH,
    SITE,
    TABLE,
    WHY,
    Content,
    chapter,
    line_of,
    make_site,
    notebook,
    page,
    problems_of,
    question,
    round_chapter,
)

# Not one of the next days, which a night between this line and the test would bring closer.
NEXT_WEEK = (date.today() + timedelta(days=7)).isoformat()


class Fault(NamedTuple):
    """A replacement in one file, the text on whose line the Problem must be, and what it must say."""

    name: str
    path: str
    old: str
    new: str
    at: str
    message: str
    fix: str


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>A dot</title><circle r="1"/></svg>\n'
FRAGMENT = "Some shared text.\n"
EXPLORE = '```explore name="threshold-cost"\nquestion: Where?\nalt: A curve.\nsee: Move it.\ncaption: Made up.\n```\n'
EXTRA: dict[str, Content] = {"docs/drawing.svg": SVG, "docs/_includes/shared.md": FRAGMENT}

FAULTS = [
    # sections
    Fault(
        "section missing",
        CHAPTER_PATH,
        "## How it fails\n\nSome text.\n",
        "",
        "## When to use it",
        "`## How it fails` is missing",
        "Add it after `## When to use it`",
    ),
    Fault(
        "section misspelled",
        CHAPTER_PATH,
        "## How it fails",
        "## How it Fails",
        "## How it Fails",
        "`## How it fails` is missing, and `## How it Fails` stands here",
        "Rename it",
    ),
    Fault(
        "section twice",
        CHAPTER_PATH,
        "## Sources",
        "## In short\n\nAgain.\n\n## Sources",
        "## In short\n\nAgain.",
        "stands here twice",
        "Join",
    ),
    Fault(
        "sections swapped",
        CHAPTER_PATH,
        f"## When to use it\n\n{TABLE}\n## How it fails\n\nSome text.\n",
        f"## How it fails\n\nSome text.\n\n## When to use it\n\n{TABLE}",
        "## How it fails",
        "`## How it fails` stands before `## When to use it`",
        "the order is In short, The idea",
    ),
    Fault(
        "section empty",
        CHAPTER_PATH,
        "## Sources\n\nSome text.\n",
        "## Sources\n",
        "## Sources",
        "is empty",
        "Write it",
    ),
    Fault(
        "second title",
        CHAPTER_PATH,
        "## In short",
        "# One\n\n# Two\n\n## In short",
        "# Two",
        "a second `# Two`",
        "`##`",
    ),
    Fault(
        "round section missing",
        ROUND_PATH,
        "## On the day",
        "## Then",
        "## A sample session",
        "`## On the day` is missing",
        "Add it after",
    ),
    Fault(
        "case section missing", CASE_PATH, "## Timeline", "## Clock", "## Rubric", "`## Timeline` is missing", "Add it"
    ),
    Fault(
        "exercise section missing",
        f"{EXERCISE}/index.md",
        "## Extension",
        "## More",
        "## Say this aloud",
        "`## Extension` is missing",
        "Add it",
    ),
    # minimums
    Fault(
        "too few questions",
        CHAPTER_PATH,
        question("question-8"),
        "",
        "## Questions",
        "at least 12 blocks `question`, and there are 11",
        "Add 1 more",
    ),
    Fault(
        "too few questions in a round",
        ROUND_PATH,
        question("question-4"),
        "",
        "## Questions",
        "a round needs at least 10",
        "Add 1 more",
    ),
    Fault(
        "too few mistakes",
        CHAPTER_PATH,
        "\n".join([MISTAKE] * 3),
        MISTAKE,
        "## Common mistakes",
        "at least 3 blocks `mistake`, and there is 1",
        "Add 2 more",
    ),
    Fault(
        "too few whys",
        CHAPTER_PATH,
        "\n".join([WHY] * 3),
        WHY,
        "## Why-ladder",
        "at least 3 blocks `why`",
        "Add 2 more",
    ),
    Fault(
        "too few hints",
        f"{EXERCISE}/index.md",
        "\n".join([HINT] * 3),
        "\n".join([HINT] * 2),
        "## Hints",
        "2 hints, not 3",
        "exactly 3",
    ),
    Fault(
        "too many hints",
        f"{EXERCISE}/index.md",
        "\n".join([HINT] * 3),
        "\n".join([HINT] * 4),
        "## Hints",
        "4 hints, not 3",
        "exactly 3",
    ),
    Fault(
        "too few follow-ups",
        f"{EXERCISE}/index.md",
        "- How often? — Once.\n",
        "",
        "## Follow-ups",
        "2 follow-ups, and 3 are the minimum",
        "its answer",
    ),
    Fault(
        "a follow-up without an answer",
        f"{EXERCISE}/index.md",
        "- How often? — Once.",
        "- How often?",
        "- How often?",
        "not separated from its answer",
        "its answer",
    ),
    Fault(
        "no picture", CHAPTER_PATH, MERMAID, "Words.\n", "## The idea", "holds no picture", "`figure` or a `mermaid`"
    ),
    Fault(
        "no trade-off table", CHAPTER_PATH, TABLE, "Words.\n", "## When to use it", "holds no trade-off table", "table"
    ),
    Fault(
        "twist without a bold beginning",
        CASE_PATH,
        "## Now imagine\n\nSome text.\n",
        "## Now imagine\n\n- **Half the time.** Precompute.\n- Twice the users. Partition.\n",
        "- Twice the users.",
        "the twist does not begin in bold, or has no answer",
        "- **What changes.**",
    ),
    Fault("no rubric", CASE_PATH, TABLE, "Words.\n", "## Rubric", "holds no table", "/// rubric"),
    # questions
    Fault(
        "question without id",
        CHAPTER_PATH,
        "    id: question-2\n",
        "",
        "What is question-2?",
        "has no `id`",
        "id: what-is-asked",
    ),
    Fault(
        "question id not kebab",
        CHAPTER_PATH,
        "id: question-2\n",
        "id: Question_2\n",
        "id: Question_2",
        "`Question_2` is not an id",
        "write `question-2`",
    ),
    Fault(
        "question id twice",
        CHAPTER_PATH,
        "id: question-3\n",
        "id: question-2\n",
        "id: question-2\n    kind: explain",
        "already used on line",
        "an id of its own",
    ),
    Fault(
        "question id is a heading",
        CHAPTER_PATH,
        "id: question-3\n",
        "id: in-short\n",
        "id: in-short",
        "also the anchor of the heading",
        "an id of its own",
    ),
    Fault(
        "question kind unknown",
        CHAPTER_PATH,
        "id: question-2\n    kind: explain",
        "id: question-2\n    kind: explian",
        "kind: explian",
        "`kind` may not be `explian`",
        "Did you mean `explain`?",
    ),
    Fault(
        "question level unknown",
        CHAPTER_PATH,
        "id: question-2\n    kind: explain\n    level: entry",
        "id: question-2\n    kind: explain\n    level: junior",
        "level: junior",
        "`level` may not be `junior`",
        "Use one of: entry, mid, senior, staff",
    ),
    Fault(
        "question round unknown",
        ROUND_PATH,
        "id: question-2\n    kind: explain\n    level: entry\n    rounds: [ml-breadth]",
        "id: question-2\n    kind: explain\n    level: entry\n    rounds: [ml_breadth]",
        "[ml_breadth]",
        "`rounds` may not be `ml_breadth`",
        "Did you mean `ml-breadth`?",
    ),
    Fault(
        "question key unknown",
        CHAPTER_PATH,
        "id: question-2\n",
        "id: question-2\n    phrase: direct\n",
        "phrase: direct",
        "there is no key `phrase`",
        "Did you mean `phrasing`?",
    ),
    Fault(
        "question without short",
        CHAPTER_PATH,
        "/// short\nA short answer to question-2.\n///\n",
        "",
        "What is question-2?",
        "has no `short`",
        "Add `/// short`",
    ),
    Fault(
        "question without full",
        CHAPTER_PATH,
        "/// full\nA full answer to question-2.\n///\n",
        "",
        "What is question-2?",
        "has no `full`",
        "Add `/// full`",
    ),
    Fault(
        "question with empty full",
        CHAPTER_PATH,
        "A full answer to question-2.\n",
        "",
        "/// full\n///",
        "`full` is empty",
        "Write it",
    ),
    Fault(
        "follow-ups are no list",
        CASE_PATH,
        "- And then? — Then this.\n///\n////\n\n## Sources",
        "And then.\n///\n////\n\n## Sources",
        "And then.",
        "is not a list",
        "- The question",
    ),
    Fault(
        "a word of another English",
        CHAPTER_PATH,
        "## In short\n\nSome text.",
        "## In short\n\nSome behaviour.",
        "Some behaviour.",
        "“behaviour” is not how an American engineer writes it",
        "Write “behavior”",
    ),
    Fault(
        "follow-up with a hyphen",
        CASE_PATH,
        "- And then? — Then this.\n///\n////\n\n## Sources",
        "- Why? — Because.\n- And then? - This.\n///\n////\n\n## Sources",
        "- And then? - This.",
        "not separated from its answer",
        "- The question — its answer.",
    ),
    Fault(
        "follow-up whose dash is in code",
        CASE_PATH,
        "- And then? — Then this.\n///\n////\n\n## Sources",
        "- What is `a — b`?\n///\n////\n\n## Sources",
        "- What is `a — b`?",
        "not separated from its answer",
        "- The question — its answer.",
    ),
    Fault(
        "follow-up whose dash ends its line",
        CASE_PATH,
        "- And then? — Then this.\n///\n////\n\n## Sources",
        "- And then? —\n  This.\n///\n////\n\n## Sources",
        "- And then? —",
        "not separated from its answer",
        "- The question — its answer.",
    ),
    Fault(
        "question without points",
        CHAPTER_PATH,
        "\n/// points\n- It says one thing\n- It says another\n- It says a third\n///\n",
        "",
        "//// question | What is computed?",
        "has no `points`",
        "Add `/// points`",
    ),
    Fault(
        "two points",
        CHAPTER_PATH,
        "- It says one thing\n",
        "",
        "- It says another",
        "`points` is a list of 2, not of 3 to 6",
        "one claim an item",
    ),
    Fault(
        "bug without its code",
        CHAPTER_PATH,
        "kind: diagnose",
        "kind: find-the-bug",
        "kind: find-the-bug",
        "the code with the bug is not shown before `short`",
        "Put it above the answers",
    ),
    Fault(
        "implement without code",
        CHAPTER_PATH,
        "kind: compare",
        "kind: implement",
        "kind: implement",
        "holds no code",
        "Add a ```python fence",
    ),
    Fault(
        "derivation without mathematics",
        CHAPTER_PATH,
        "kind: compare",
        "kind: derive",
        "kind: derive",
        "neither holds mathematics nor links to it",
        "Link to the section that derives it",
    ),
    Fault(
        "too few kinds of questions",
        CHAPTER_PATH,
        "kind: compare",
        "kind: explain",
        "## Questions",
        "the questions are of 3 kinds, not 4 or more",
        "Ask in other ways too",
    ),
    Fault(
        "one level of questions",
        CHAPTER_PATH,
        "    level: mid",
        "    level: entry",
        "## Questions",
        "all questions are of one level",
        "more senior",
    ),
    Fault(
        "no indirect question",
        CHAPTER_PATH,
        "phrasing: indirect",
        "phrasing: direct",
        "## Questions",
        "no question is `phrasing: indirect`",
        "by its symptoms",
    ),
    Fault(
        "nothing to diagnose",
        CHAPTER_PATH,
        "kind: diagnose",
        "kind: recall",
        "## Questions",
        "no question asks what is wrong",
        "Add one of kind `diagnose` or `find-the-bug`",
    ),
    Fault(
        "compute without code",
        CHAPTER_PATH,
        "\n/// computed\n```python\nprint(1 + 1)\n```\n```output\n2\n```\n///\n",
        "",
        "kind: compute",
        "shows no computation",
        "```python",
    ),
    Fault(
        "compute without output",
        CHAPTER_PATH,
        "```output\n2\n```\n",
        "",
        "kind: compute",
        "shows no computation",
        "```output",
    ),
    Fault(
        "question without text",
        CHAPTER_PATH,
        "//// question | What is question-2?",
        "//// question",
        "//// question\n",
        "has no text",
        "//// question |",
    ),
    # blocks
    Fault(
        "second short",
        CHAPTER_PATH,
        "/// full\nA full answer to question-2.",
        "/// short\nAgain.\n///\n\n/// full\nA full",
        "/// short\nAgain.",
        "a second `short`",
        "Join",
    ),
    Fault(
        "part outside a question",
        CHAPTER_PATH,
        "## How it fails\n",
        "## How it fails\n\n/// full\nText.\n///\n",
        "/// full\nText.",
        "is outside a question",
        "//// question",
    ),
    Fault(
        "mistake without reason",
        CHAPTER_PATH,
        "## Common mistakes\n\n/// mistake | A pitfall\n**Why it is wrong.** Because.",
        "## Common mistakes\n\n/// mistake | A pitfall\nBecause.",
        "/// mistake",
        "`**Why it is wrong.**`",
        "Begin one",
    ),
    Fault(
        "why without title",
        CHAPTER_PATH,
        "## Why-ladder\n\n/// why | Why is that?",
        "## Why-ladder\n\n/// why",
        "/// why\n",
        "`why` has no title",
        "/// why |",
    ),
    Fault(
        "hint empty",
        f"{EXERCISE}/index.md",
        "## Hints\n\n/// hint | A hint\nLook closer.\n",
        "## Hints\n\n/// hint | A hint\n",
        "/// hint | A hint",
        "`hint` is empty",
        "Write it",
    ),
    Fault(
        "block unknown",
        CHAPTER_PATH,
        "## How it fails\n",
        "## How it fails\n\n/// mistakes | A\nText.\n///\n",
        "/// mistakes",
        "no block named `mistakes`",
        "Did you mean `mistake`?",
    ),
    Fault(
        "block unclosed",
        CHAPTER_PATH,
        "/// full\nA full answer to question-2.\n///",
        "/// full\nA full answer to question-2.\n",
        "/// full\nA full answer to question-2.",
        "the block `full` is not closed",
        "Write a line `///`",
    ),
    Fault(
        "block closed too often",
        CHAPTER_PATH,
        "## How it fails\n",
        "## How it fails\n\n/////\n",
        "/////",
        "closes a block that is not open",
        "as many slashes",
    ),
    Fault(
        "fence unclosed",
        CASE_PATH,
        "## Sources\n\n",
        "## Sources\n\n```python\n",
        "```python",
        "this code fence is not closed",
        "End it with a line",
    ),
    # pictures
    Fault(
        "mermaid without alt",
        CHAPTER_PATH,
        '```mermaid alt="A leads to B"',
        "```mermaid",
        "```mermaid",
        "has no `alt`",
        "alt=",
    ),
    Fault(
        "alt in double quotes",
        CHAPTER_PATH,
        'alt="A leads to B"',
        'alt="A leads "to" B"',
        "```mermaid",
        "first line of this code fence cannot be read",
        "no double quotes",
    ),
    Fault(
        "no such figure",
        CASE_PATH,
        "## Scale\n",
        f"## Scale\n\n{EXPLORE.replace('threshold-cost', 'threshold-costs')}",
        "```explore",
        "there is no figure `threshold-costs`",
        "Did you mean `threshold-cost`?",
    ),
    Fault(
        "figure without a word of what to see",
        CASE_PATH,
        "## Scale\n",
        f"## Scale\n\n{EXPLORE.replace('see: Move it.', '')}",
        "```explore",
        "this figure has no `see`",
        "Write a line `see: …`",
    ),
    Fault(
        "one figure twice",
        CASE_PATH,
        "## Scale\n",
        f"## Scale\n\n{EXPLORE}\nAgain.\n\n{EXPLORE.replace('explore', 'explore ')}",
        "```explore  ",
        "is also that of the figure on line",
        "keep one",
    ),
    Fault(
        "output without code",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n```output\n2\n```\n",
        "```output",
        "follows no ```python fence",
        "right before it",
    ),
    Fault(
        "picture without text",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n![](../../drawing.svg)\n",
        "![](",
        "no text for those who cannot see it",
        "![what it shows]",
    ),
    # ids and references
    Fault(
        "alias in use",
        OTHER_PATH,
        "title: A page",
        "title: A page\naliases: [topics/statistics/tests]",
        "aliases:",
        f"is the id of {CHAPTER_PATH}",
        "remove it",
    ),
    Fault(
        "question alias in use",
        CHAPTER_PATH,
        "    id: question-3\n",
        "    id: question-3\n    aliases: [question-2]\n",
        "aliases: [question-2]",
        "already used on this page",
        "remove it",
    ),
    Fault(
        "prerequisite unknown",
        OTHER_PATH,
        "[topics/statistics/tests]",
        "[topics/statistics/test]",
        "prerequisites:",
        "`topics/statistics/test`, which does not exist",
        "Did you mean `topics/statistics/tests`?",
    ),
    Fault(
        "prerequisite itself",
        OTHER_PATH,
        "[topics/statistics/tests]",
        "[topics/statistics/power]",
        "prerequisites:",
        "names the page itself",
        "Remove it",
    ),
    Fault(
        "prerequisites in a cycle",
        CHAPTER_PATH,
        "prerequisites: []",
        "prerequisites: [topics/statistics/power]",
        "prerequisites:",
        "the prerequisites form a cycle: topics/statistics/power → topics/statistics/tests →",
        "Remove one of them",
    ),
    Fault(
        "notebook of the wrong kind",
        CHAPTER_PATH,
        "title: A page",
        "title: A page\nnotebooks: [topics/statistics/power]",
        "notebooks:",
        "which is no notebook",
        "Name a notebook",
    ),
    Fault(
        "uses unknown",
        CASE_PATH,
        "title: A page",
        "title: A page\nuses: [topics/x/tests]",
        "uses:",
        "which does not exist",
        "Did you mean `topics/statistics/tests`?",
    ),
    Fault(
        "resource unknown",
        CHAPTER_PATH,
        "title: A page",
        "title: A page\nresources: [a-boook]",
        "resources:",
        "`a-boook`, which is in no file of docs/resources/",
        "Did you mean `a-book`?",
    ),
    Fault(
        "round topic unknown",
        ROUND_PATH,
        "topics: [topics/statistics/tests]",
        "topics: [topics/statistics/none-such]",
        "topics:",
        "which does not exist",
        "without .md",
    ),
    Fault(
        "resource topic unknown",
        "docs/resources/books.yml",
        "topics: [statistics,",
        "topics: [statistic,",
        "topics:",
        "`statistic`, which is neither an area nor a page",
        "Did you mean `statistics`?",
    ),
    Fault(
        "glossary page unknown",
        "docs/glossary.yml",
        "page: topics/statistics/tests",
        "page: topics/tests",
        "page:",
        "which does not exist",
        "Did you mean `topics/statistics/tests`?",
    ),
    # links
    Fault(
        "link to nothing",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](../../topics/stats/tests.md)\n",
        "[a](",
        "leads to no file",
        "Did you mean `../../topics/statistics/tests.md`?",
    ),
    Fault(
        "link without ending",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](../../topics/statistics/tests)\n",
        "[a](",
        "leads to no file",
        "Write `../../topics/statistics/tests.md`",
    ),
    Fault(
        "link over two lines",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a\nb](../../nothing.md)\n",
        "[a\nb]",
        "leads to no file",
        "relative to this file",
    ),
    Fault(
        "link by reference",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a][x]\n\n[x]: ../../nothing.md\n",
        "[x]: ",
        "leads to no file",
        "relative to this file",
    ),
    Fault(
        "link in a question title",
        CASE_PATH,
        "What is question-1?",
        "What is [it](nothing.md)?",
        "[it](nothing.md)",
        "leads to no file",
        "relative to this file",
    ),
    Fault(
        "absolute link",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](/topics/)\n",
        "[a](",
        "begins with a slash",
        "https://",
    ),
    Fault(
        "link named by a formula",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[$x^2$](https://example.org/)\n",
        "[$x^2$]",
        "no word names this link",
        "Put one into the brackets",
    ),
    Fault(
        "link without a name",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[](https://example.org/)\n",
        "[](",
        "no word names this link",
        "Put one into the brackets",
    ),
    Fault(
        "link out of docs",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](../../../mkdocs.yml)\n",
        "[a](",
        "leads out of docs/",
        "a page of the guide",
    ),
    Fault(
        "link to a source file",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](../../practice/coding/twice/solution.py)\n",
        "[a](",
        "not published",
        "Link to its page",
    ),
    Fault(
        "anchor unknown",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](../../topics/statistics/tests.md#in-shrot)\n",
        "[a](",
        f"no anchor `#in-shrot` in {CHAPTER_PATH}",
        "Did you mean `#in-short`?",
    ),
    Fault(
        "own anchor unknown",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](#nowhere-at-all)\n",
        "[a](",
        "no anchor `#nowhere-at-all` in this page",
        "id of a question",
    ),
    Fault(
        "link in a notebook",
        NOTEBOOK_PATH,
        "See [the chapter]",
        "See [b](../topics/none.md), [the chapter]",
        '"cell_type": "markdown"',
        "leads to no file",
        "relative to this file",
    ),
    # includes
    Fault(
        "include unknown",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n{!_includes/sharde.md!}\n",
        "{!",
        "is not a fragment in docs/_includes/",
        "Did you mean `_includes/shared.md`?",
    ),
    Fault(
        "include from outside",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n{!../mkdocs.yml!}\n",
        "{!",
        "is not a fragment",
        "_includes/name.md",
    ),
    Fault(
        "include in a code fence",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n```text\n{!/etc/hostname!}\n```\n",
        "{!",
        "is not a fragment",
        "_includes/name.md",
    ),
    Fault(
        "include of itself",
        "docs/_includes/shared.md",
        FRAGMENT,
        "{!_includes/shared.md!}\n",
        "{!",
        "includes itself",
        "Remove",
    ),
    Fault(
        "front matter in a fragment",
        "docs/_includes/shared.md",
        FRAGMENT,
        "---\ntitle: Shared\n---\n\nText.\n",
        "---",
        "a fragment has no front matter",
        "Remove it",
    ),
    # figures and dates
    Fault(
        "minutes too many",
        CHAPTER_PATH,
        "minutes: 2",
        "minutes: 30",
        "minutes:",
        "says 30, and the text takes about 1",
        "minutes: 1",
    ),
    Fault(
        "reviewed in the future",
        CASE_PATH,
        "reviewed: 2026-01-31",
        f"reviewed: {NEXT_WEEK}",
        "reviewed:",
        "is in the future",
        "the day of the review",
    ),
    # markup
    Fault(
        "raw HTML", CASE_PATH, "## Scale\n", "## Scale\n\nA <b>bold</b> word.\n", "<b>", "raw HTML (`<b>`)", "Markdown"
    ),
    Fault(
        "script",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n<script>alert(1)</script>\n",
        "<script>",
        "raw HTML (`<script>`)",
        "Mark",
    ),
    Fault(
        "script in a fragment",
        "docs/_includes/shared.md",
        FRAGMENT,
        "<script>alert(1)</script>\n",
        "<script>",
        "raw HTML (`<script>`)",
        "Markdown",
    ),
    Fault(
        "script in a notebook",
        NOTEBOOK_PATH,
        "Change it.",
        "Change <script>it</script>.",
        "cell 2",
        "raw HTML (`<script>`)",
        "Markdown",
    ),
    Fault(
        "script link",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](javascript:alert(1))\n",
        "[a](",
        "may not begin with `javascript:`",
        "https://",
    ),
    Fault(
        "data link",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](data:text/html;base64,PHNjcmlwdD4=)\n",
        "[a](",
        "may not begin with `data:`",
        "https://",
    ),
    Fault(
        "file link",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n[a](file:///etc/passwd)\n",
        "[a](",
        "may not begin with `file:`",
        "https",
    ),
    Fault(
        "handler",
        CASE_PATH,
        "## Scale\n",
        "## Scale\n\n![a](../../drawing.svg){ onload=alert(1) }\n",
        "![a](",
        "may not set handlers",
        "an id, classes",
    ),
    # drawings
    Fault(
        "SVG with script",
        "docs/drawing.svg",
        "<circle",
        "\n<script>1</script><circle",
        "<script>",
        "may not hold `<script>`",
        "Rem",
    ),
    Fault(
        "SVG with foreign content",
        "docs/drawing.svg",
        "<circle",
        "\n<foreignObject/><circle",
        "<foreignObject",
        "may not hold `<foreignObject>`",
        "shapes and text",
    ),
    Fault(
        "SVG with handler",
        "docs/drawing.svg",
        'r="1"',
        'r="1" onclick="x()"',
        "onclick",
        "event handler `onclick`",
        "Remove",
    ),
    Fault(
        "SVG with reference",
        "docs/drawing.svg",
        "<circle",
        '\n<image href="https://example.org/x.png"/><circle',
        "<image",
        "may not load or link",
        "#id",
    ),
    Fault(
        "SVG with script link",
        "docs/drawing.svg",
        "<circle",
        '\n<a href="java&#10;script:x()"/><circle',
        "<a ",
        "may not load or link",
        "#id",
    ),
    Fault(
        "SVG with style import",
        "docs/drawing.svg",
        "<circle",
        "\n<style>@import 'x'</style><circle",
        "<style",
        "loads something from elsewhere",
        "@import",
    ),
    Fault(
        "SVG with entities",
        "docs/drawing.svg",
        "<svg",
        '<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg',
        "<!DOCTYPE",
        "may not declare entities",
        "Delete",
    ),
    Fault(
        "SVG not well formed", "docs/drawing.svg", "</svg>", "\n</sgv>", "</sgv>", "not well-formed", "Export it again"
    ),
    # exercises
    Fault(
        "solution has no types",
        f"{EXERCISE}/solution.py",
        "def thrice(x: np.ndarray)",
        "def thrice(x)",
        "def thrice",
        "has no type for the argument `x`",
        "type hints",
    ),
    Fault(
        "solution has no docstring",
        f"{EXERCISE}/solution.py",
        '    """Return 3x, shape (n,). O(n)."""\n',
        "",
        "def thrice",
        "`thrice` has no docstring",
        "shapes",
    ),
    Fault(
        "solution imports more",
        f"{EXERCISE}/solution.py",
        "import numpy as np\n",
        "import numpy as np\nimport scipy\n",
        "import scipy",
        "imports `scipy`",
        "NumPy",
    ),
    Fault(
        "check has no symptom",
        f"{EXERCISE}/checks.py",
        '    """The result of twice for 1 is wrong."""\n',
        "",
        "def check_twice_1",
        "has no docstring",
        "symptom",
    ),
    Fault(
        "check twice",
        f"{EXERCISE}/checks.py",
        "def check_twice_2(",
        "def check_twice_1(",
        "def check_twice_1(",
        "two functions `check_twice_1`",
        "Rename",
    ),
    Fault(
        "checks do not parse",
        f"{EXERCISE}/checks.py",
        "import numpy as np\n",
        "import numpy as\n",
        "import numpy as\n",
        "the code cannot be read",
        "syntax",
    ),
    Fault(
        "mutant cannot be planted",
        f"{EXERCISE}/mutants.yml",
        "replace: return x + x",
        "replace: return y",
        "- name: bug 2",
        "occurs 0 times",
        "exactly once",
    ),
    Fault(
        "mutant changes nothing",
        f"{EXERCISE}/mutants.yml",
        "with: x - x",
        "with: x + x",
        "- name: bug 0",
        "changes nothing",
        "broken text",
    ),
    Fault(
        "mutant is no Python",
        f"{EXERCISE}/mutants.yml",
        "with: x - x",
        "with: x -",
        "- name: bug 0",
        "cannot be read",
        "code that runs",
    ),
    Fault(
        "mutant returns from no function",
        f"{EXERCISE}/mutants.yml",
        "with: x - x",
        'with: "x + x\\nreturn x"',
        "- name: bug 0",
        "'return' outside function",
        "code that runs",
    ),
    Fault(
        "mutant name twice",
        f"{EXERCISE}/mutants.yml",
        "name: bug 1",
        "name: bug 0",
        "- name: bug 0\n  symptom: wrong\n  replace: x + x\n  with: x * x",
        "two mutants `bug 0`",
        "Rename",
    ),
    Fault(
        "mutant lacks its symptom",
        f"{EXERCISE}/mutants.yml",
        "- name: bug 3\n  symptom: wrong\n",
        "- name: bug 3\n",
        "- name: bug 3",
        "has no `symptom`",
        "symptom:",
    ),
    # notebooks
    Fault("notebook asserts nothing", NOTEBOOK_PATH, "\\nassert total == 2", "", "{", "asserts nothing", "assert"),
    Fault(
        "notebook without link",
        NOTEBOOK_PATH,
        "[the chapter](../topics/statistics/tests.md)",
        "the chapter",
        "{",
        "links to no chapter",
        "../topics",
    ),
    Fault(
        "notebook without things to try",
        NOTEBOOK_PATH,
        "## Try it yourself",
        "## The end",
        "cell 2",
        "does not end with things to try",
        "## Try it yourself",
    ),
    Fault(
        "notebook with a magic",
        NOTEBOOK_PATH,
        "total = 1 + 1",
        "%time total = 1 + 1",
        "cell 1",
        "line 1 of this cell cannot be read",
        "plain Python",
    ),
    Fault(
        "notebook without title", NOTEBOOK_PATH, "# One question", "One question", "cell 0", "not a title", "Begin with"
    ),
    Fault(
        "notebook was run",
        NOTEBOOK_PATH,
        '"execution_count": null',
        '"execution_count": 3',
        "cell 1",
        "committed with its output",
        "Clear all outputs",
    ),
    Fault(
        "notebook key unknown",
        NOTEBOOK_PATH,
        '"level": "entry"',
        '"levl": "entry", "level": "entry"',
        '"levl"',
        "there is no key `levl`",
        "Did you mean `level`?",
    ),
    # data
    Fault(
        "resource address",
        "docs/resources/books.yml",
        "https://example.org/book",
        "http://example.org/book",
        "url:",
        "not an https:// address",
        "full address",
    ),
    Fault(
        "resource kind",
        "docs/resources/books.yml",
        "kind: book",
        "kind: novel",
        "kind:",
        "`kind` may not be `novel`",
        "book,",
    ),
    Fault(
        "term twice",
        "docs/glossary.yml",
        "- term: Recall",
        "- term: precision",
        "- term: precision",
        "`precision` already stands for the term `Precision`",
        "one term",
    ),
    Fault(
        "alias is another term",
        "docs/glossary.yml",
        "positive predictive value",
        "Recall",
        "- term: Recall",
        "`Recall` already stands for the term `Precision`",
        "one term",
    ),
    Fault(
        "definition too long",
        "docs/glossary.yml",
        "The share of what is right that was flagged.",
        "word " * 50,
        "definition: word",
        "more than 200",
        "Shorten it",
    ),
    Fault(
        "round misspelled",
        "docs/rounds/rounds.yml",
        "- id: ml-debugging",
        "- id: ml-debuging",
        "id: ml-debuging",
        "`id` may not be `ml-debuging`",
        "Did you mean `ml-debugging`?",
    ),
    Fault(
        "round lengths swapped",
        "docs/rounds/rounds.yml",
        "- id: coding\n  name: A round\n  minutes: [30, 45]",
        "- id: coding\n  name: A round\n  minutes: [45, 30]",
        "minutes: [45, 30]",
        "longer at least than at most",
        "shortest",
    ),
    # gaps
    Fault(
        "gap in a page",
        CASE_PATH,
        "## Scale\n\nSome text.",
        "## Scale\n\n<!-- gap: the estimate -->",
        "<!-- gap",
        "a gap is not filled: the estimate",
        "Write it",
    ),
    Fault(
        "gap in code",
        f"{EXERCISE}/solution.py",
        "    # The helper does it.",
        "    # gap: the solution",
        "# gap",
        "a gap is not filled: the solution",
        "Write it",
    ),
    Fault(
        "gap in a picture",
        CHAPTER_PATH,
        'alt="A leads to B"',
        'alt="gap: what is seen"',
        "```mermaid",
        "a gap is not filled: what is seen",
        "Write it",
    ),
    # front matter
    Fault(
        "key unknown",
        CHAPTER_PATH,
        "level: entry\nimportance",
        "levle: entry\nlevel: entry\nimportance",
        "levle:",
        "there is no key `levle` in the front matter",
        "Did you mean `level`?",
    ),
    Fault(
        "key missing",
        CHAPTER_PATH,
        "importance: core\n",
        "",
        "title:",
        "the front matter has no `importance`",
        "importance: core",
    ),
    Fault(
        "key empty",
        CHAPTER_PATH,
        "importance: core\n",
        "importance:\n",
        "importance:",
        "`importance` is empty",
        "importance: core",
    ),
    Fault(
        "value unknown",
        CHAPTER_PATH,
        "importance: core",
        "importance: cor",
        "importance:",
        "may not be `cor`",
        "Use one of: core, common, occasional",
    ),
    Fault(
        "one round unknown",
        CHAPTER_PATH,
        "rounds: [ml-breadth]\nlevel",
        "rounds: [coding, breadth]\nlevel",
        "rounds:",
        "`rounds` may not be `breadth`",
        "Did you mean `ml-breadth`?",
    ),
    Fault("not a list", CHAPTER_PATH, "tracks: [general]", "tracks: general", "tracks:", "must be a list", "brackets"),
    Fault(
        "no round",
        CHAPTER_PATH,
        "rounds: [ml-breadth]\nlevel",
        "rounds: []\nlevel",
        "rounds:",
        "at least one value",
        "rounds:",
    ),
    Fault("not a number", CHAPTER_PATH, "minutes: 2", "minutes: two", "minutes:", "must be a number", "minutes: 20"),
    Fault("negative minutes", CHAPTER_PATH, "minutes: 2", "minutes: -2", "minutes:", "out of range", "minutes: 20"),
    Fault(
        "not a date",
        CHAPTER_PATH,
        "reviewed: 2026-01-31",
        "reviewed: last spring",
        "reviewed:",
        "is not a date",
        "YYYY-MM-DD",
    ),
    Fault(
        "impossible date",
        CHAPTER_PATH,
        "reviewed: 2026-01-31",
        "reviewed: 2026-02-31",
        "reviewed:",
        "cannot be read",
        "YYYY-MM-DD",
    ),
    Fault(
        "summary too long",
        CASE_PATH,
        "A sentence that says what this is.",
        "A " * 90 + "b.",
        "summary:",
        "more than 160",
        "Shorten",
    ),
    Fault(
        "summary without period", CASE_PATH, "what this is.", "what this is", "summary:", "must be a sentence", "period"
    ),
    Fault(
        "HTML in the title", CASE_PATH, "title: A page", "title: A <script>page", "title:", "holds HTML", "plain text"
    ),
    Fault(
        "id with ending",
        OTHER_PATH,
        "[topics/statistics/tests]",
        "[topics/statistics/tests.md]",
        "prerequisites:",
        "which is not an id",
        "write `topics/statistics/tests`",
    ),
    Fault("front matter not closed", CASE_PATH, "\n---\n", "\n", "---", "front matter is not closed", "`---`"),
]


def broken(fault: Fault) -> dict[str, Content]:
    """Return the site with one fault planted."""
    site = {**SITE, **EXTRA}
    text = site[fault.path]
    assert isinstance(text, str)
    assert fault.old in text, f"{fault.name}: the text to replace is not there"
    site[fault.path] = text.replace(fault.old, fault.new, 1)
    return site


def test_a_valid_site_has_no_problems(tmp_path: Path) -> None:
    assert problems_of(tmp_path, {**SITE, **EXTRA}) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_with_its_place_and_cure(tmp_path: Path, fault: Fault) -> None:
    site = broken(fault)
    found = problems_of(tmp_path, site)
    text = site[fault.path]
    assert isinstance(text, str)
    if fault.at.startswith("cell "):
        lines = {line_of(text, '"cell_type"', int(fault.at[5:]) + 1)}
    else:
        lines = {line_of(text, fault.at, number + 1) for number in range(text.count(fault.at))}
    fitting = [problem for problem in found if problem.path == fault.path and fault.message in problem.message]
    assert fitting, f"told instead: {[str(problem) for problem in found]}"
    assert fitting[0].line in lines, f"told on line {fitting[0].line}, expected {sorted(lines)}: {fitting[0]}"
    assert fault.fix in fitting[0].fix, fitting[0]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_does_not_make_other_files_look_wrong(tmp_path: Path, fault: Fault) -> None:
    assert {problem.path for problem in problems_of(tmp_path, broken(fault))} == {fault.path}


def test_every_rule_has_a_fault_here(tmp_path: Path) -> None:
    """A rule that no fault of this file can reach is not tested."""
    reached: set[str] = set()
    for number, fault in enumerate(FAULTS):
        catalogue, _ = load(make_site(tmp_path / str(number), broken(fault)))
        reached |= {rule.__name__ for rule in RULES if any(True for _ in rule(catalogue))}
    # Rules whose faults are whole files, with tests of their own below.
    assert {rule.__name__ for rule in RULES} - reached <= {
        *("unique_ids", "file_kinds", "coverage", "allocation", "activities", "weights", "banks", "choices")
    }


@pytest.mark.parametrize(("part", "words"), [("short", 86), ("full", 301)])
def test_an_answer_that_is_too_long_to_be_said_is_refused(tmp_path: Path, part: str, words: int) -> None:
    text = chapter(minutes="4").replace(f"/// {part}\n", f"/// {part}\n" + "word\n" * words + "\n", 1)
    (found,) = [
        found for found in problems_of(tmp_path, SITE | {CHAPTER_PATH: text}) if "`minutes`" not in found.message
    ]
    assert (found.path, found.line) == (CHAPTER_PATH, line_of(text, "word\nword"))
    assert f"`{part}` has" in found.message


def test_code_does_not_count_as_words_of_an_answer(tmp_path: Path) -> None:
    fence = "```text\n" + "word " * 500 + "\n```\n"
    text = chapter().replace("/// full\n", f"/// full\n{fence}", 1)
    assert problems_of(tmp_path, SITE | {CHAPTER_PATH: text}) == []


def test_every_rule_is_named() -> None:
    written = {
        node.name
        for path in (Path(__file__).resolve().parents[3] / "hooks/guide/check").glob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and ast.unparse(node.args) == "catalogue: Catalogue"
    }
    assert written - {"check"} == {rule.__name__ for rule in RULES}


def test_every_rule_says_what_it_demands() -> None:
    assert all(rule.__doc__ for rule in RULES)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    site = SITE | {CHAPTER_PATH: chapter(level="x", importance="y"), CASE_PATH: ""}
    messages = [problem.message for problem in problems_of(tmp_path, site)]
    assert any("`level`" in message for message in messages)
    assert any("`importance`" in message for message in messages)
    assert "the file is empty" in messages


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    site = SITE | {"docs/topics/statistics/tests/index.md": chapter()}
    found = [str(problem) for problem in problems_of(tmp_path, site)]
    assert found == [
        "docs/topics/statistics/tests/index.md:1: the page id `topics/statistics/tests` is already used by"
        " docs/topics/statistics/tests.md. Rename or delete one of the two files."
    ]


def test_two_pages_with_one_alias_are_refused(tmp_path: Path) -> None:
    aliases = "[topics/statistics/old-name]"
    site = SITE | {CHAPTER_PATH: chapter(aliases=aliases), "docs/topics/vision/new.md": chapter(aliases=aliases)}
    assert [problem.message for problem in problems_of(tmp_path, site)] == [
        "the alias `topics/statistics/old-name` is already used by docs/topics/statistics/tests.md"
    ]


def test_a_reference_to_a_former_id_says_the_new_one(tmp_path: Path) -> None:
    site = SITE | {
        CHAPTER_PATH: chapter(aliases="[topics/statistics/hypotheses]"),
        OTHER_PATH: chapter(prerequisites="[topics/statistics/hypotheses]"),
    }
    assert [problem.fix for problem in problems_of(tmp_path, site)] == ["Write `topics/statistics/tests`"]


def test_a_second_chapter_about_a_round_is_refused(tmp_path: Path) -> None:
    found = problems_of(tmp_path, SITE | {"docs/rounds/theory.md": round_chapter()})
    assert [problem.path for problem in found] == ["docs/rounds/theory.md"]
    assert f"already has the chapter {ROUND_PATH}" in found[0].message


def test_a_missing_rounds_file_names_every_round(tmp_path: Path) -> None:
    site = {path: text for path, text in SITE.items() if path != "docs/rounds/rounds.yml"}
    assert len(problems_of(tmp_path, site)) == 15


def test_a_rounds_file_that_cannot_be_read_is_told_and_not_each_round(tmp_path: Path) -> None:
    found = problems_of(tmp_path, SITE | {"docs/rounds/rounds.yml": "- [a\n"})
    assert [problem.path for problem in found] == ["docs/rounds/rounds.yml"] * 2


@pytest.mark.parametrize(
    "picture",
    [
        "![A picture](https://example.org/a.png)",
        "![A picture](http://example.org/a.png)",
        "[![A picture](https://example.org/a.png)](power.md)",
    ],
)
def test_a_picture_from_elsewhere_is_refused(tmp_path: Path, picture: str) -> None:
    text = SITE[CHAPTER_PATH]
    assert isinstance(text, str)
    (found,) = problems_of(tmp_path, SITE | {CHAPTER_PATH: text.replace("Some text.", picture, 1)})
    assert found.message == "this picture comes from another site"
    assert found.fix


@pytest.mark.parametrize("name", ["a.png", "a.svg", "table.csv", "robots.txt", "topics/.nav.yml"])
def test_pictures_and_data_may_stand_among_the_content(tmp_path: Path, name: str) -> None:
    text = '<svg xmlns="http://www.w3.org/2000/svg"/>' if name.endswith(".svg") else ""
    assert problems_of(tmp_path, SITE | {f"docs/{name}": text}) == []


def test_a_file_of_any_kind_beside_the_notebooks_is_refused(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, SITE | {"notebooks/data.csv": "x"})
    assert found.path == "notebooks/data.csv"


@pytest.mark.parametrize("name", ["picture.SVG", "photo.PNG", "topics/page.MD"])
def test_an_ending_in_capitals_is_refused(tmp_path: Path, name: str) -> None:
    (found,) = problems_of(tmp_path, SITE | {f"docs/{name}": "<svg><script/></svg>"})
    assert found.fix.startswith("Rename the file so that it ends in")


@pytest.mark.parametrize(
    "name",
    [
        "page.html", "run.js", "style.css", "data.xml", "page.markdown", "page.mkd", "page.shtml", "page.mhtml",
        "x.svgz",
        "page.txt", "nothing", "CNAME", "app.webmanifest", "data/catalogue.json", "a.ipynb", "x.svg.", "list.yaml",
    ],
)  # fmt: skip
def test_files_that_browsers_run_are_refused(tmp_path: Path, name: str) -> None:
    found = problems_of(tmp_path, SITE | {f"docs/{name}": "x"})
    assert [(problem.path, problem.line) for problem in found] == [(f"docs/{name}", 1)]


@pytest.mark.parametrize("name", ["solution.py", "checks.py", "mutants.yml"])
def test_every_file_of_an_exercise_must_be_there(tmp_path: Path, name: str) -> None:
    site = {path: text for path, text in SITE.items() if path != f"{EXERCISE}/{name}"}
    assert f"the file {name} is missing" in [problem.message for problem in problems_of(tmp_path, site)]


def test_a_debug_twin_needs_its_section(tmp_path: Path) -> None:
    twin = SITE[f"{EXERCISE}/solution.py"]
    assert isinstance(twin, str)
    found = problems_of(tmp_path, SITE | {f"{EXERCISE}/broken.py": twin.replace("3 * x", "4 * x")})
    assert [problem.message for problem in found] == ["the section `## Debug twin` is missing"]


def test_a_task_to_debug_needs_a_program_to_repair(tmp_path: Path) -> None:
    page = str(SITE[f"{EXERCISE}/index.md"]).replace("---\n", "---\npattern: debugging\n", 1)
    found = problems_of(tmp_path, SITE | {f"{EXERCISE}/index.md": page})
    assert [problem.message for problem in found] == ["the task is to debug, and broken.py is missing"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", ""),
        ("def thrice", "def three_times", "`thrice` is missing"),
        ("def _helper", "def helper", "the solution has no `helper`"),
        ("def thrice", 'class Layer:\n    """A layer."""\n\n\ndef thrice', "the solution has no `Layer`"),
        ("import torch", "import jax", "the solution imports `jax`"),
        ("def thrice(", "def thrice", "the code cannot be read"),
    ],
)
def test_a_pytorch_twin_has_the_functions_of_the_solution(old: str, new: str, said: str, tmp_path: Path) -> None:
    solution = str(SITE[f"{EXERCISE}/solution.py"])
    twin = solution.replace("numpy as np", "torch").replace("np.ndarray", "torch.Tensor").replace(old, new)
    found = [problem.message for problem in problems_of(tmp_path, SITE | {f"{EXERCISE}/torch_solution.py": twin})]
    assert any(said in message for message in found) if said else not found


TWIN_ROW = "| a bug | a symptom | an invariant |\n"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("| bug | symptom | invariant that is violated |\n|---|---|---|\n" + TWIN_ROW * 3, ""),
        ("| bug | symptom |\n|---|---|\n| a bug | a symptom |\n", "columns bug, symptom, invariant"),
        ("Words.\n", "columns bug, symptom, invariant"),
        ("| bug | symptom | invariant |\n|---|---|---|\n" + TWIN_ROW * 2, "has 2 rows"),
        ("| bug | symptom | invariant |\n|---|---|---|\n" + TWIN_ROW * 6, "has 6 rows"),
    ],
)
def test_a_debug_twin_tells_its_bugs_in_a_table(table: str, said: str, tmp_path: Path) -> None:
    page = f"{SITE[f'{EXERCISE}/index.md']}\n## Debug twin\n\n/// solution | The bugs\n{table}///\n"
    broken = str(SITE[f"{EXERCISE}/solution.py"]).replace("3 * x", "4 * x")
    found = problems_of(tmp_path, SITE | {f"{EXERCISE}/index.md": page, f"{EXERCISE}/broken.py": broken})
    assert [said in problem.message for problem in found] == ([True] if said else [])


def test_a_long_chain_of_prerequisites_is_no_circle() -> None:
    last = 5000
    pages = tuple(
        Page(
            id=f"p{n}",
            path=f"p{n}.md",
            src=f"p{n}.md",
            url="",
            title="P",
            prerequisites=(f"p{n + 1}",) if n < last else (),
        )
        for n in range(last + 1)
    )
    assert list(cycles(Catalogue(pages=pages))) == []


def test_a_circle_is_told_once(tmp_path: Path) -> None:
    site = SITE | {
        f"docs/topics/vision/{name}.md": chapter(prerequisites=f"[topics/vision/{needs}]")
        for name, needs in (("a", "b"), ("b", "c"), ("c", "a"))
    }
    found = [problem for problem in problems_of(tmp_path, site) if "cycle" in problem.message]
    assert len(found) == 1


def test_anchors_of_headings_questions_and_attributes_resolve(tmp_path: Path) -> None:
    text = chapter().replace(
        "## How it fails\n", "## How it fails\n\n### Bias² and `code` {#given}\n\n### Two words\n\n### Two words\n"
    )
    links = "\n".join(
        f"[a](../../topics/statistics/tests.md#{anchor})"
        for anchor in ("given", "two-words_1", "question-3", "in-short")
    )
    case_text = SITE[CASE_PATH]
    assert isinstance(case_text, str)
    site = SITE | {CHAPTER_PATH: text, CASE_PATH: case_text.replace("## Scale\n", f"## Scale\n\n{links}\n")}
    assert problems_of(tmp_path, site) == []


def test_anchors_of_an_included_fragment_resolve(tmp_path: Path) -> None:
    case_text = SITE[CASE_PATH]
    assert isinstance(case_text, str)
    text = case_text.replace("## Scale\n", "## Scale\n\n{!_includes/shared.md!}\n\n[a](#shared-part)\n")
    site = SITE | {CASE_PATH: text, "docs/_includes/shared.md": "### Shared part\n\nText.\n"}
    assert problems_of(tmp_path, site) == []


def test_links_between_notebooks_and_pages_resolve(tmp_path: Path) -> None:
    case_text = SITE[CASE_PATH]
    assert isinstance(case_text, str)
    text = case_text.replace("## Scale\n", "## Scale\n\n[a](../../notebooks/one-question.ipynb)\n")
    assert problems_of(tmp_path, SITE | {CASE_PATH: text}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Code: `<script>`, and ``a ` <b>``.",
        "A formula $a<b$ and $p(x<y)>0$.",
        "$$\na <b\n$$",
        "Less than: 3 < 4 and a <- b.",
        "```text\n<script>alert(1)</script>\n```",
        "<https://example.org/a>",
        "[a](https://example.org/?q=javascript:x)",
        "The data: [a](https://example.org) shows it.",
        "Press {.class #one}.",
    ],
)
def test_what_looks_like_markup_and_is_none_is_allowed(tmp_path: Path, text: str) -> None:
    case_text = SITE[CASE_PATH]
    assert isinstance(case_text, str)
    assert problems_of(tmp_path, SITE | {CASE_PATH: case_text.replace("Some text.", text, 1)}) == []


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "a <img\nsrc=x onerror=alert(1)> b",
        "<!--> <script>alert(1)</script> -->",
        "`a\nb` <b onclick=x> `c`",
        "A <!-- comment -->.",
        "    <b>indented</b>",
        "> <iframe></iframe>",
        "<?php x ?>",
        "[a](&#106;avascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a]( javascript:alert(1))",
        "[a](<javascript:alert(1)>)",
        "[a][b]\n\n[b]: javascript:alert(1)",
        "![a](data:image/svg+xml,x)",
        "[a](vbscript:x)",
        "[a](b.md){: onclick='x' }",
        "[a](b.md){ href=javascript:x }",
        "```{.python onclick=x}\n1\n```",
        "/// note | A\n    attrs: {onclick: x}\n\nText.\n///",
        "\\`<script>\\`",
    ],
)
def test_markup_that_could_run_is_refused(tmp_path: Path, text: str) -> None:
    case_text = SITE[CASE_PATH]
    assert isinstance(case_text, str)
    _, found = load(make_site(tmp_path, SITE | {CASE_PATH: case_text.replace("Some text.", text, 1)}))
    assert [problem.path for problem in found] == [CASE_PATH]


@pytest.mark.parametrize(
    "inside",
    [
        "<g onload='x'/>",
        "<a xlink:href='javascript:x' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
        "<use href='other.svg#a'/>",
        "<image href='data:image/svg+xml;base64,x'/>",
        "<style>a { background: url(https://example.org) }</style>",
        "<rect style='fill: url(//example.org/a)'/>",
        "<rect fill='url(https://example.org/a)'/>",
        "<set attributeName='href' to='x'/>",
        "<animate attributeName='x' values='javascript:x'/>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
        "<SCRIPT/>",
        "<?xml-stylesheet href='x'?>",
    ],
)
def test_an_image_that_could_run_or_load_is_refused(tmp_path: Path, inside: str) -> None:
    found = problems_of(tmp_path, SITE | {"docs/a.svg": SVG.replace("<circle", f"{inside}<circle")})
    assert {problem.path for problem in found} == {"docs/a.svg"}


def test_an_image_may_refer_to_its_own_parts(tmp_path: Path) -> None:
    inside = "<style>a { fill: url(#g) }</style><use href='#a'/><rect fill='url(#g)' style='stroke: var(--ink)'/>"
    assert problems_of(tmp_path, SITE | {"docs/a.svg": SVG.replace("<circle", f"{inside}<circle")}) == []


def test_a_notebook_may_assert_through_a_library(tmp_path: Path) -> None:
    cells = [
        ("markdown", "# One\n\n[c](../topics/statistics/tests.md)"),
        ("code", "np.testing.assert_allclose(1, 1)"),
        ("markdown", "## Try it yourself\n\nX."),
    ]
    assert problems_of(tmp_path, SITE | {NOTEBOOK_PATH: notebook(cells)}) == []


def test_an_empty_catalogue_lacks_only_the_rounds() -> None:
    assert {problem.path for problem in check(Catalogue())} == {"docs/rounds/rounds.yml"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Some text.", "[a](http://[::1)", "`http://[::1` is not an address"),
        ("Some text.", "Text.\n\n### Content\n\nText.", "`#content` belongs to the page's own parts"),
        ("id: question-2", "id: content", "`content` belongs to the page's own parts"),
        ("id: question-2", "id: question-2\n    aliases: [in-short]", "`in-short` is already used on this page"),
        ("rounds: [ml-breadth]", "rounds: [ml-breadth, ml-breadth]", "`rounds` names `ml-breadth` twice"),
        ("minutes: 2", "minutes: '2'", "`minutes` must be a number"),
        ("minutes: 2", "minutes: yes", "`minutes` must be a number"),
    ],
)
def test_what_only_the_built_page_would_show_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = SITE[CHAPTER_PATH]
    assert isinstance(text, str)
    found = problems_of(tmp_path, SITE | {CHAPTER_PATH: text.replace(old, new, 1)})
    assert [(problem.path, message in problem.message) for problem in found] == [(CHAPTER_PATH, True)], found


def test_a_page_names_a_template_that_there_is(tmp_path: Path) -> None:
    text = "---\ntitle: A\nsummary: A sentence.\ntemplate: %s\n---\n\nText.\n"
    assert problems_of(tmp_path, SITE | {"docs/a.md": text % "home.html"}) == []
    (found,) = problems_of(tmp_path, SITE | {"docs/a.md": text % "../../secret.html"})
    assert found.line == 4


@pytest.mark.parametrize(
    "name",
    ["resource/books.yml", "glossary/glossary.yml", "topics/statistics/tests.py", "practice/coding/twice/other.py"],
)
def test_a_file_that_nothing_reads_is_told(tmp_path: Path, name: str) -> None:
    (found,) = problems_of(tmp_path, SITE | {f"docs/{name}": "- a\n"})
    assert (found.path, found.message) == (f"docs/{name}", "nothing reads this file")


def test_each_term_has_an_address_of_its_own(tmp_path: Path) -> None:
    more = "".join(f"- term: '{term}'\n  definition: A thing that is known.\n" for term in ("F 1", "F-1", "!!"))
    text = SITE["docs/glossary.yml"]
    assert isinstance(text, str)
    found = problems_of(tmp_path, SITE | {"docs/glossary.yml": text + more})
    assert [problem.message for problem in found] == [
        "the term `F-1` has the address of `F 1`",
        "the term makes no address",
    ]


@pytest.mark.parametrize("signature", ["()", "(candidate, other)", "(*, candidate)"])
def test_a_check_takes_the_code_that_it_checks(tmp_path: Path, signature: str) -> None:
    path = f"{EXERCISE}/checks.py"
    text = SITE[path]
    assert isinstance(text, str)
    found = problems_of(tmp_path, SITE | {path: text.replace("(candidate)", signature, 1)})
    assert [problem.message for problem in found] == ["`check_twice_1` does not take the code that it checks"]


def test_a_solution_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    path = f"{EXERCISE}/solution.py"
    found = problems_of(tmp_path, SITE | {path: f"{SITE[path]!s}\nx = (\n"})
    assert [problem.path for problem in found] == [path]


def test_chapters_of_programming_have_patterns_in_place_of_mathematics(tmp_path: Path) -> None:
    text = (
        chapter().replace("## The mathematics", "## The patterns").replace("## A worked number", "## Worked problems")
    )
    assert problems_of(tmp_path, SITE | {"docs/topics/coding-foundations/heaps.md": text}) == []


def framework(questions: int) -> str:
    """Return a chapter of the framework of design, with so many questions."""
    asked = [
        question("computed", "compute"),
        question("diagnosed", "diagnose", level="mid", phrasing="indirect"),
        question("compared", "compare"),
        *(question(f"question-{number}") for number in range(3, questions)),
    ]
    bodies = dict.fromkeys(AREA_SECTIONS[FRAMEWORK_AREA], "Some text.\n")
    return page(ITEM, bodies | {"Common mistakes": "\n".join([MISTAKE] * 3), "Questions": "\n".join(asked)})


def test_a_chapter_of_the_framework_of_design_has_a_contract_of_its_own(tmp_path: Path) -> None:
    assert problems_of(tmp_path, SITE | {"docs/system-design/metrics.md": framework(6)}) == []


def test_a_chapter_of_the_framework_asks_six_questions(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, SITE | {"docs/system-design/metrics.md": framework(5)})
    assert found.message == "a chapter needs at least 6 blocks `question`, and there are 5"


def test_a_chapter_about_a_system_may_have_mechanics_in_place_of_mathematics(tmp_path: Path) -> None:
    assert (
        problems_of(tmp_path, SITE | {CHAPTER_PATH: chapter().replace("## The mathematics", "## The mechanics")}) == []
    )


def banks(asking: int, silent: int) -> str:
    """Return question banks that cover statistics, of which so many ask about tests."""
    return "".join(
        f"- id: bank-{number}\n  title: Bank {number}\n  author: Somebody\n  url: https://example.org/{number}\n"
        f"  year: 2024\n  read: 2026-11\n  covers: [statistics]\n"
        f"  names: [{'topics/statistics/tests' if number < asking else ''}]\n"
        for number in range(asking + silent)
    )


@pytest.mark.parametrize(("importance", "asking"), [("core", 9), ("common", 5), ("occasional", 4)])
def test_importance_follows_the_question_banks(importance: str, asking: int, tmp_path: Path) -> None:
    site = {path: text for path, text in SITE.items() if path != OTHER_PATH}
    made = site | {CHAPTER_PATH: chapter(importance=importance), "docs/banks.yml": banks(asking, 10 - asking)}
    assert problems_of(tmp_path, made) == []


def test_importance_that_departs_from_the_question_banks_is_told(tmp_path: Path) -> None:
    site = {path: text for path, text in SITE.items() if path != OTHER_PATH}
    made = site | {CHAPTER_PATH: chapter(importance="core"), "docs/banks.yml": banks(5, 5)}
    (found,) = problems_of(tmp_path, made)
    assert found.message == "`importance` is core, and 5 of 10 question banks say common"


def test_what_not_every_loop_enters_is_common_at_most(tmp_path: Path) -> None:
    site = {path: text for path, text in SITE.items() if path != OTHER_PATH}
    path = CHAPTER_PATH.replace("statistics", "vision")
    counted = banks(10, 0).replace("statistics", "vision")
    assert problems_of(tmp_path, site | {path: chapter(importance="common"), "docs/banks.yml": counted}) == []
    (found,) = problems_of(tmp_path, site | {path: chapter(importance="core"), "docs/banks.yml": counted})
    assert found.message == "`importance` is core, and 10 of 10 question banks say common"


def test_importance_may_depart_from_the_question_banks_for_a_reason(tmp_path: Path) -> None:
    site = {path: text for path, text in SITE.items() if path != OTHER_PATH}
    text = chapter(importance="core", judgment="Design rounds ask it without its name.")
    assert problems_of(tmp_path, site | {CHAPTER_PATH: text, "docs/banks.yml": banks(3, 7)}) == []


def test_a_reason_to_depart_from_the_question_banks_needs_a_departure(tmp_path: Path) -> None:
    site = {path: text for path, text in SITE.items() if path != OTHER_PATH}
    text = chapter(importance="core", judgment="Design rounds ask it without its name.")
    (found,) = problems_of(tmp_path, site | {CHAPTER_PATH: text, "docs/banks.yml": banks(9, 1)})
    assert found.message == "`judgment` explains nothing: importance and counts agree"


def test_a_question_bank_names_what_is_there(tmp_path: Path) -> None:
    text = banks(1, 0).replace("statistics/tests", "statistics/test").replace("[statistics]", "[statistic]")
    found = problems_of(tmp_path, SITE | {"docs/banks.yml": text})
    assert [problem.message for problem in found] == [
        "the bank `bank-0` covers `statistic`, which is not an area",
        "the bank `bank-0` names `topics/statistics/test`, which does not exist",
    ]
