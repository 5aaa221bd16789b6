"""How well time tells one kind of answer from another.

AUC is how often the one kind took longer than the other, any of the one against any of the other (Mann-Whitney); the
share of pairs compares those that were asked for at the same moment, which sees less noise. 0.5 tells nothing.
"""

from math import sqrt
from statistics import median


def auc(ones: list[float], others: list[float]) -> tuple[float, float]:
    """The area under the curve, and half its 95 % confidence interval (Hanley and McNeil)."""
    ranked = sorted([(took, True) for took in ones] + [(took, False) for took in others])
    ranks = sum(rank for rank, (_, is_one) in enumerate(ranked, 1) if is_one)
    n, m = len(ones), len(others)
    area = (ranks - n * (n + 1) / 2) / (n * m)
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    variance = (area * (1 - area) + (n - 1) * (q1 - area**2) + (m - 1) * (q2 - area**2)) / (n * m)
    return area, 1.96 * sqrt(variance)


def told_of_time(ones: list[float], others: list[float], name: str) -> str:
    """How well time tells these from the others, and by how much, beside how long an answer takes at all."""
    area, half = auc(ones, others)
    apart = [one - other for one, other in zip(ones, others, strict=True)]
    longer = sum(one > 0 for one in apart) / len(apart)
    return (
        f"AUC of time {area:.3f} ± {half:.3f}; share of pairs {longer:.3f} ± {0.98 / sqrt(len(apart)):.3f}; "
        f"{name} took longer by {median(apart) * 1e6:.0f} µs in the median, of {median(others) * 1e3:.1f} ms"
    )
