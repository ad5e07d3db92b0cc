"""Plots as inline SVG: numbers only, so that no text of a run ever stands in one.

Colours are CSS variables of the page, which lets one drawing serve light and dark; words stand in
the HTML around it, where the browser's fonts, line breaks and screen readers reach them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.metrics.refusal import ReliabilityBin, RocPoint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Drawn with these colours, which nothing else in the file uses, and renamed afterwards.
_COLOURS = {
    "#010101": "var(--ink)",
    "#020202": "var(--muted)",
    "#030303": "var(--line)",
    "#040404": "var(--good)",
    "#050505": "var(--other)",
    "#060606": "var(--bad)",
    "#070707": "var(--paper)",
}
_INK, _MUTED, _LINE, _GOOD, _OTHER, _BAD, _PAPER = _COLOURS

_WIDTH, _HEIGHT = 4.6, 2.7  # inches at 72 points: 331 by 194 px, shown as wide as its column
_SQUARE = 3.3
_DISTRIBUTION_BINS = 24
_LENGTH_BINS = 24
_FILL = 0.42  # see-through, so that the overlap of two distributions is seen
_DOT_AREA = 240.0  # square points of a dot that stands for every answer
_SMALLEST_DOT = 14.0
_MOST_TICKS = 6
_ROUND_STEPS = [1, 2, 5, 10]  # so that no tick is rounded to a whole percent
_SHARE_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)

_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.size": 8.5,
    "axes.edgecolor": _LINE,
    "axes.labelcolor": _MUTED,
    "xtick.color": _MUTED,
    "ytick.color": _MUTED,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": _LINE,
    "grid.linewidth": 0.6,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "figure.constrained_layout.use": True,
}
_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_SIZE = re.compile(r'(<svg[^>]*?) (?:width|height)="[^"]*"')
_METADATA = re.compile(r"<metadata>.*?</metadata>|<style.*?</style>", re.DOTALL)
_GROUP_IDS = re.compile(r'<g id="[^"]*"')


def distributions(
    with_answer: Sequence[float],
    without: Sequence[float],
    *,
    name: str,
    limits: tuple[float, float] | None = None,
    threshold: float | None = None,
) -> str:
    """Draw two overlaid histograms, each as shares of its own class.

    Args:
        with_answer: scores of the questions that the documents answer.
        without: scores of the others.
        name: told apart from the other plots of the page.
        limits: range of the scores; that of the data when not given.
        threshold: where a line is drawn.

    Returns:
        An ``<svg>`` element.

    Raises:
        ValueError: when there are no scores.
    """
    from matplotlib.ticker import MaxNLocator

    everything = [*with_answer, *without]
    low, high = limits or (min(everything), max(everything))
    edges = np.linspace(low, high if high > low else low + 1, _DISTRIBUTION_BINS + 1)
    with _drawing(name) as (figure, svg):
        axes = figure.add_subplot()
        for scores, colour in ((with_answer, _GOOD), (without, _OTHER)):
            if scores:
                axes.hist(
                    scores,
                    bins=edges.tolist(),
                    weights=[1 / len(scores)] * len(scores),
                    histtype="stepfilled",
                    edgecolor=colour,
                    linewidth=1.2,
                    facecolor=(colour, _FILL),
                )
        if threshold is not None:
            axes.axvline(threshold, color=_INK, linewidth=1.1, linestyle=(0, (4, 3)))
        axes.set_xlim(edges[0], edges[-1])
        axes.yaxis.set_major_locator(MaxNLocator(_MOST_TICKS, steps=_ROUND_STEPS))
        axes.yaxis.set_major_formatter(_percent)
    return svg()


def reliability(bins: Sequence[ReliabilityBin], *, name: str) -> str:
    """Draw the share that came true against confidence, dots as large as their count.

    Returns:
        An ``<svg>`` element.
    """
    held = [b for b in bins if b.count]
    most = max((b.count for b in held), default=1)
    with _drawing(name, width=_SQUARE, height=_SQUARE) as (figure, svg):
        axes = figure.add_subplot()
        axes.plot([0, 1], [0, 1], color=_MUTED, linewidth=1, linestyle=(0, (4, 3)))
        for b in held:
            ends = [b.mean_confidence, b.accuracy]
            axes.plot([b.mean_confidence] * 2, ends, color=_BAD, linewidth=1.4)
        axes.scatter(
            [b.mean_confidence for b in held],
            [b.accuracy for b in held],
            s=[max(_DOT_AREA * b.count / most, _SMALLEST_DOT) for b in held],
            facecolor=_GOOD,
            edgecolor=_PAPER,
            linewidth=0.8,
            zorder=3,
        )
        _unit_square(axes)
    return svg()


def roc(points: Sequence[RocPoint], threshold: float | None, *, name: str) -> str:
    """Draw the share of answerable questions kept against that of the others, point by point.

    Args:
        points: of the curve, thresholds falling.
        threshold: below which questions are refused: a dot on the curve, where known.
        name: told apart from the other plots of the page.

    Returns:
        An ``<svg>`` element.
    """
    with _drawing(name, width=_SQUARE, height=_SQUARE) as (figure, svg):
        axes = figure.add_subplot()
        axes.plot([0, 1], [0, 1], color=_MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.plot(
            [point.false_positive_rate for point in points],
            [point.true_positive_rate for point in points],
            color=_GOOD,
            linewidth=1.6,
        )
        kept = [p for p in points if threshold is not None and p.threshold >= threshold]
        if kept:
            at = ([kept[-1].false_positive_rate], [kept[-1].true_positive_rate])
            axes.scatter(*at, facecolor=_BAD, edgecolor=_PAPER, linewidth=0.8, zorder=3)
        _unit_square(axes)
    return svg()


def lengths(right: Sequence[int], wrong: Sequence[int], *, name: str) -> str:
    """Draw how long answers are, wrong ones stacked on right ones.

    Args:
        right: characters of each right answer.
        wrong: characters of each wrong one.
        name: told apart from the other plots of the page.

    Returns:
        An ``<svg>`` element.
    """
    from matplotlib.ticker import MaxNLocator

    longest = max(1, *right, *wrong)
    edges = np.linspace(0, longest, _LENGTH_BINS + 1).tolist()
    with _drawing(name) as (figure, svg):
        axes = figure.add_subplot()
        axes.hist(
            [list(right), list(wrong)],
            bins=edges,
            stacked=True,
            color=[_GOOD, _BAD],
            edgecolor=_PAPER,
            linewidth=0.8,
        )
        axes.set_xlim(0, longest)
        axes.yaxis.set_major_locator(MaxNLocator(_MOST_TICKS, steps=_ROUND_STEPS, integer=True))
    return svg()


def _unit_square(axes: Axes) -> None:
    labels = [f"{share:g}" for share in _SHARE_TICKS]
    axes.set(xlim=(-0.04, 1.04), ylim=(-0.04, 1.04))
    axes.set_xticks(_SHARE_TICKS, labels)
    axes.set_yticks(_SHARE_TICKS, labels)
    axes.grid(visible=True, axis="both")
    axes.set_aspect("equal")


def _percent(value: float, _place: float) -> str:
    return f"{value:.0%}"


@contextmanager
def _drawing(
    name: str, *, width: float = _WIDTH, height: float = _HEIGHT
) -> Iterator[tuple[Figure, _Drawn]]:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    drawn = _Drawn()
    style: Any = {**_STYLE, "svg.hashsalt": name}
    with mpl.rc_context(style):
        figure = Figure(figsize=(width, height))
        yield figure, drawn
        file = StringIO()
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    drawn.svg = _inline(file.getvalue())


class _Drawn:
    """The drawing, once it is finished."""

    svg = ""

    def __call__(self) -> str:
        return self.svg


def _inline(file: str) -> str:
    """Turn an SVG file into an element that takes its size and colours from the page."""
    svg = _METADATA.sub("", _HEAD.sub("", file))
    svg = _GROUP_IDS.sub("<g", svg)
    svg = _SIZE.sub(r"\1", _SIZE.sub(r"\1", svg))
    for drawn, shown in _COLOURS.items():
        svg = svg.replace(drawn, shown)
    return svg.strip()
