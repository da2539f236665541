"""TeX → a line of text that reads well where no formula can be set: search results and what is typed to find them.

`\\hat{y} = \\arg\\max_y p(y \\mid x)` becomes “ŷ = arg max_y p(y | x)”. This is no typesetter: what has no sign in
Unicode keeps its name, and a formula too long for an excerpt becomes an ellipsis.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 60

# fmt: off
_SIGNS: Final = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "partial": "∂", "nabla": "∇", "infty": "∞", "top": "ᵀ",
    "sum": "∑", "prod": "∏", "int": "∫", "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "*",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "~", "propto": "∝",
    "equiv": "≡", "ll": "≪", "gg": "≫", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪",
    "cap": "∩", "emptyset": "∅", "setminus": "∖", "forall": "∀", "exists": "∃", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "gets": "←", "Rightarrow": "⇒", "implies": "⇒", "iff": "⇔", "mapsto": "↦", "Longrightarrow": "⟹",
    "Longleftrightarrow": "⟺", "succ": "≻", "bigcup": "⋃", "bmod": " mod ", "underbrace": "", "overbrace": "",
    "mid": "|",
    "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖", "|": "‖", "parallel": "‖",
    "perp": "⊥", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "ldots": "…", "dots": "…", "cdots": "…", "odot": "⊙", "oplus": "⊕", "otimes": "⊗", "circ": "∘", "prime": "′",
    "argmax": "arg max", "argmin": "arg min", "quad": " ", "qquad": " ", "\\": " ", ",": " ", ";": " ", ":": " ",
    " ": " ", "!": "", "left": "", "right": "", "displaystyle": "", "textstyle": "", "limits": "", "nolimits": "",
    **dict.fromkeys(("big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle"), ""),
    # These are their contents: `\operatorname{KL}`.
    **dict.fromkeys(("text", "textbf", "mathrm", "mathbf", "mathbb", "mathcal", "mathsf", "operatorname"), ""),
    **dict.fromkeys(("boldsymbol", "bm"), ""),
}
_MARKS: Final = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7",
}
# fmt: on
_HIGH: Final = dict(zip("0123456789+-=()nT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵀ", strict=True)) | {"−": "⁻", "ᵀ": "ᵀ", "*": "*"}
_LOW: Final = dict(zip("0123456789+-=()ijkn", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼₖₙ", strict=True)) | {"−": "₋"}

_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_FRACTION = re.compile(rf"\\[dt]?(?:frac|binom)\s*(?:{_GROUP}|(\w))\s*(?:{_GROUP}|(\w))")
_ROOT = re.compile(rf"\\sqrt(?:\[[^\]]*\])?\s*(?:{_GROUP}|(\w))")
_MARKED = re.compile(rf"\\({'|'.join(_MARKS)})(?![A-Za-z])\s*(?:{_GROUP}|(\\?[A-Za-z]+|\w))")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{[^}]*\}(?:\{[^}]*\})?|&")
_SCRIPT = re.compile(rf"([_^])\s*(?:{_GROUP}|(\\[A-Za-z]+|[^\s{{}}\\]))")
_COMMAND = re.compile(r"\\([A-Za-z]+|[^A-Za-z])")
_TERM = re.compile(r"[\w.∂′\u0300-\u036f]+")


def readable(tex: str) -> str:
    """Return a formula as text, or an ellipsis when it is long."""
    text = tex.replace("'", "′").replace("~", " ").replace("-", "−")
    text = _ENVIRONMENT.sub(" ", text)
    for _ in range(4):
        # From the inside out: what is in braces may hold the next.
        text = _FRACTION.sub(_fraction, _ROOT.sub(_root, _MARKED.sub(_marked, text)))
    text = _SCRIPT.sub(_script, text)
    text = _COMMAND.sub(_command, text)
    text = re.sub(r" (?=[_^])", "", re.sub(r"[{}]", "", text))
    text = re.sub(r"\s*([=≤≥≠≈∝≡≪≫∈→←⇒⇔]|(?<=\s)[~|])\s*", r" \1 ", text)
    text = re.sub(r"([(⟨\[]) | ([)⟩\],])", r"\1\2", " ".join(text.split()))
    return unicodedata.normalize("NFC", text) if len(text) <= LONGEST else "…"


def _command(match: re.Match[str]) -> str:
    name = match[1]
    if name in _SIGNS:
        return _SIGNS[name]
    # `\log x` stays a word of its own.
    return f" {name} " if name.isalpha() else name


def _part(text: str) -> str:
    text = _COMMAND.sub(_command, text)
    bare = re.sub(r"[{}]", "", text).strip()
    return bare if _TERM.fullmatch(bare) else f"({bare})"


def _apart(match: re.Match[str]) -> str:
    """Return a space where what is put in would become a part of the command before it: `\\log\\frac…`."""
    return " " if match.string[: match.start()][-1:].isalpha() else ""


def _fraction(match: re.Match[str]) -> str:
    top, bottom = match[1] or match[2], match[3] or match[4]
    return f"{_apart(match)}{_part(_SCRIPT.sub(_script, top))}/{_part(_SCRIPT.sub(_script, bottom))}"


def _root(match: re.Match[str]) -> str:
    return f"{_apart(match)}√{_part(_SCRIPT.sub(_script, match[1] or match[2]))}"


def _marked(match: re.Match[str]) -> str:
    inner = _COMMAND.sub(_command, _MARKED.sub(_marked, match[2] or match[3])).strip("{} ")
    return _apart(match) + (inner + _MARKS[match[1]] if len(inner) == 1 else inner)


def _script(match: re.Match[str]) -> str:
    inner = _COMMAND.sub(_command, _SCRIPT.sub(_script, match[2] or match[3] or "")).strip("{} ")
    table = _HIGH if match[1] == "^" else _LOW
    if inner and all(sign in table for sign in inner):
        return "".join(table[sign] for sign in inner)
    return f"{match[1]}{inner}" if _TERM.fullmatch(inner) or len(inner) == 1 else f"{match[1]}({inner})"
