"""Formulas as a line of text: read aloud in a list of results, not set."""

import pytest
from guide.publish.readable import readable


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"P(y \mid x)", "P(y | x)"),
        (r"\hat{y} = \arg\max_y p(y \mid x)", "ŷ = arg max_y p(y | x)"),
        (r"\log\frac{p}{1-p} = z", "log p/(1−p) = z"),
        (r"\hat f_D", "f̂_D"),
        (r"x_i^2 \le \sqrt{n}", "xᵢ² ≤ √n"),
        (r"\mathbb{E}[X]", "E[X]"),
        (r"D_{\mathrm{KL}}(p \,\|\, q)", "D_KL(p ‖ q)"),
        (r"y = f(x) + \varepsilon", "y = f(x) + ε"),
        (r"O(n^2 \log n)", "O(n² log n)"),
        (r"10{,}000 \cdot 10^{-3}", "10,000 · 10⁻³"),
        (r"\lambda_{\max}", "λ_max"),
        (r"\overline{\hat x \odot g}", "x̂ ⊙ g"),
        (r"\underbrace{a \succ b}_{\text{first}}", "a ≻ b_first"),
        (r"\frac{a", "frac a"),
    ],
)
def test_a_formula_is_read_as_text(tex: str, text: str) -> None:
    assert readable(tex) == text


def test_a_long_formula_is_left_out() -> None:
    assert readable(" + ".join(f"x_{k}" for k in range(40))) == "…"
