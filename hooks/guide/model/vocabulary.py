"""The closed lists that content, planner and practice share, held once.

Each list is a `Literal` type, and the tuple of its values is read off that type: one source serves the type
checker, the pydantic models, the JSON Schemas for editors and the messages that suggest the nearest valid value.
The order of a list is meaningful (levels rise, rounds follow a loop) and is the order in which pages show it.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

RoundId = Literal[
    "recruiter-screen",
    "phone-screen",
    "coding",
    "ml-breadth",
    "ml-depth",
    "ml-coding",
    "ml-system-design",
    "case-study",
    "take-home",
    "system-design",
    "project-talk",
    "behavioral",
    "ai-assisted-coding",
    "ml-debugging",
    "genai-system-design",
]
Level = Literal["entry", "mid", "senior", "staff"]
Importance = Literal["core", "common", "occasional"]
Track = Literal[
    "general", "language", "vision", "recommendation", "forecasting", "reinforcement", "platform", "research"
]
QuestionKind = Literal[
    "recall",
    "explain",
    "compare",
    "derive",
    "compute",
    "diagnose",
    "find-the-bug",
    "implement",
    "design",
    "estimate",
    "behavioral",
]
Phrasing = Literal["direct", "indirect", "follow-up"]
Company = Literal["large", "start-up", "non-tech", "research-lab"]
# What a design case is about, and what it is good for practicing: the two ways in which its index is sorted.
Product = Literal[
    "social",
    "video-and-music",
    "search",
    "shopping",
    "advertising",
    "places-and-delivery",
    "trust-and-safety",
    "assistants",
    "operations",
]
Technique = Literal[
    "retrieval-and-ranking",
    "embeddings",
    "sequences-of-events",
    "graphs",
    "forecasting",
    "calibration",
    "rare-events",
    "human-review",
    "exploration",
    "incremental-effect",
    "selection-under-constraints",
    "generation",
    "retrieval-for-generation",
    "serving-on-gpus",
    "tools-and-permissions",
    "evaluation-by-judges",
]
Role = Literal[
    "ml-engineer",
    "llm-engineer",
    "applied-scientist",
    "research-scientist",
    "data-scientist",
    "ml-platform-engineer",
]
ItemKind = Literal["read", "run", "drill", "code", "debug", "design", "mock", "story", "review"]
Allocation = Literal["breadth", "depth", "design", "ml-coding", "outside"]
# What kind of thing an exercise has the reader write, by which its index sorts them.
Pattern = Literal[
    "supervised",
    "clustering",
    "decomposition",
    "neural-layer",
    "optimizer",
    "evaluation",
    "text-generation",
    "array",
    "sampling",
    "data-structure",
    "graph",
    "debugging",
]
PageKind = Literal["chapter", "round", "case", "exercise", "notebook", "page"]
ResourceKind = Literal[
    "book", "course", "article", "video", "question-bank", "tool", "paper", "documentation", "cheat-sheet", "platform"
]
Cost = Literal["free", "paid", "freemium"]

ROUNDS: Final[tuple[RoundId, ...]] = get_args(RoundId)
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
IMPORTANCE: Final[tuple[Importance, ...]] = get_args(Importance)
# From which share of the question banks that cover its area a subject is core, and from which it is common.
ASKED_SHARES: Final[dict[Importance, float]] = {"core": 0.85, "common": 0.5, "occasional": 0.0}
# Fewer banks than this say nothing.
MIN_BANKS: Final = 6
TRACKS: Final[tuple[Track, ...]] = get_args(Track)
QUESTION_KINDS: Final[tuple[QuestionKind, ...]] = get_args(QuestionKind)
# Minutes that a question takes: saying the answer, comparing it, and the follow-ups. Our judgment.
QUESTION_MINUTES: Final[dict[QuestionKind, int]] = {
    "recall": 3,
    "explain": 5,
    "compare": 5,
    "derive": 8,
    "compute": 6,
    "diagnose": 5,
    "find-the-bug": 6,
    "implement": 10,
    "design": 8,
    "estimate": 6,
    "behavioral": 5,
}
COMPANIES: Final[tuple[Company, ...]] = get_args(Company)
PRODUCTS: Final[tuple[Product, ...]] = get_args(Product)
TECHNIQUES: Final[tuple[Technique, ...]] = get_args(Technique)
ROLES: Final[tuple[Role, ...]] = get_args(Role)
ALLOCATIONS: Final[tuple[Allocation, ...]] = get_args(Allocation)
PATTERNS: Final[tuple[Pattern, ...]] = get_args(Pattern)

# The folders that hold chapters, in the order in which they are best studied, with the title a reader sees. All stand
# below docs/topics/, but for the framework of design, which stands beside the cases that apply it.
AREAS: Final[dict[str, str]] = {
    "mathematics": "Mathematics",
    "statistics": "Statistics and experiments",
    "classical-ml": "Classical ML",
    "model-evaluation": "Model evaluation",
    "data-and-features": "Data and features",
    "deep-learning": "Deep learning",
    "language-models": "Language models",
    "vision": "Vision",
    "recommendation": "Recommendation and ranking",
    "sequences": "Sequences and forecasting",
    "reinforcement-learning": "Reinforcement learning",
    "production-ml": "Production ML",
    "coding-foundations": "Coding foundations",
    "system-design": "System design",
}
# Areas that the loops of some roles enter and those of others do not: what all of their banks ask is common at most.
SPECIALTIES: Final = frozenset(
    {"language-models", "vision", "recommendation", "sequences", "reinforcement-learning", "production-ml"}
)
FRAMEWORK_AREA: Final = "system-design"
PATTERN_AREA: Final = "coding-foundations"

# Questions of these kinds are about a number, so their answer must show the code that computed it.
COMPUTED_KINDS: Final[frozenset[QuestionKind]] = frozenset({"compute", "estimate"})

# The `##` headings that a page of each kind owes the reader, in this order; others may stand between them.
SECTIONS: Final[dict[PageKind, tuple[str, ...]]] = {
    "chapter": (
        "In short",
        "The idea",
        "The mathematics",
        "A worked number",
        "When to use it",
        "How it fails",
        "Common mistakes",
        "Why-ladder",
        "Questions",
        "Sources",
    ),
    "round": (
        "In short",
        "What happens",
        "Who sits there",
        "Rubric",
        "Variants by company",
        "How to prepare",
        "How to behave",
        "How people fail",
        "A sample session",
        "On the day",
        "Questions",
        "Sources",
    ),
    "case": (
        "The prompt",
        "Clarifying questions",
        "Framing",
        "Metrics",
        "Scale",
        "Data and labels",
        "Features",
        "Models",
        "Training and evaluation",
        "Serving",
        "Architecture",
        "Experiment and launch",
        "Monitoring and retraining",
        "Failures",
        "Now imagine",
        "Rubric",
        "Timeline",
        "Questions",
        "Sources",
    ),
    "exercise": ("The task", "Example", "Hints", "Solution", "Complexity", "Say this aloud", "Extension", "Follow-ups"),
    "notebook": (),
    "page": (),
}

# Fences that become a picture.
PICTURES: Final[frozenset[str]] = frozenset({"figure", "mermaid", "explore"})
# Ids of parts that the templates put around the content of a page.
RESERVED_ANCHORS: Final[frozenset[str]] = frozenset({"asked", "content", "onward", "tl-nav", "tl-toc"})

# The templates that a page may name in its front matter; without one it has that of its kind.
Template = Literal["home.html", "plan.html", "practice.html", "gym.html", "404.html"]
# The islands that a page may ask for, above what it says; without a script there is nothing in their place.
Island = Literal["done", "cases", "questions", "choices", "glossary"]

# The areas whose chapters owe other sections: in programming nothing is derived and one number would be too little; the
# framework of design is a way to work, so each chapter has the sections that its step needs.
AREA_SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    PATTERN_AREA: tuple(
        {"The mathematics": "The patterns", "A worked number": "Worked problems"}.get(name, name)
        for name in SECTIONS["chapter"]
    ),
    FRAMEWORK_AREA: ("In short", "When the product generates", "Common mistakes", "Questions", "Sources"),
}
# What may stand in place of a section, where a chapter about a system wants it.
SYSTEM_SECTIONS: Final[dict[str, str]] = {"The mathematics": "The mechanics"}

# The least number of questions on a page of each kind; of a chapter, by its importance.
MIN_QUESTIONS: Final[dict[PageKind, int]] = {"round": 10, "case": 6}
MIN_CHAPTER_QUESTIONS: Final[dict[Importance, int]] = {"core": 12, "common": 9, "occasional": 6}
# A chapter of the framework asks less: the cases do the asking.
MIN_FRAMEWORK_QUESTIONS: Final = 6
# A chapter asks in more than one way, and of more than one reader.
MIN_QUESTION_KINDS: Final = 4
MIN_QUESTION_LEVELS: Final = 2
# Each chapter holds a question of each of these groups.
OWED_KINDS: Final[dict[str, frozenset[QuestionKind]]] = {
    "asks for a number": frozenset({"compute", "estimate"}),
    "asks what is wrong": frozenset({"diagnose", "find-the-bug"}),
}
# The most words that a person says in 30 seconds and in two minutes.
MAX_SHORT_WORDS: Final = 85
MAX_FULL_WORDS: Final = 300
# How many claims a listener ticks while an answer is given.
MIN_POINTS: Final = 3
MAX_POINTS: Final = 6
MIN_MISTAKES: Final = 3
MIN_WHYS: Final = 3
HINTS: Final = 3
# What an interviewer asks once the code of an exercise stands.
MIN_FOLLOW_UPS: Final = 3
# The table of a debug twin: a row for each bug.
TWIN_COLUMNS: Final[tuple[str, ...]] = ("bug", "symptom", "invariant")
MIN_BUGS: Final = 3
MAX_BUGS: Final = 5
MIN_CHECKS: Final = 6
MIN_MUTANTS: Final = 6
# Of so many generated slips one may be argued away as no change.
SLIPS_PER_EQUIVALENT: Final = 20

# The typed blocks of the authoring form: what stands inside a question, and what stands on its own.
QUESTION_PARTS: Final[tuple[str, ...]] = ("short", "full", "points", "computed", "weak", "strong", "follow-ups")
BLOCKS: Final[tuple[str, ...]] = (
    "question",
    *QUESTION_PARTS,
    "mistake",
    "why",
    "hint",
    "rubric",
    "transcript",
    "solution",
    "note",
    "tip",
    "warning",
)
