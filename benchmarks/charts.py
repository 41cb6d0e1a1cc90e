"""Charts as inline SVG, and a page that needs no other file. Python's standard library only.

bar_chart and line_chart return the text of one <svg>; it brings its own colours for light and dark mode, so it can also
be written to a file of its own.
"""

import html
import math

WIDTH, HEIGHT = 720, 340
LEFT, RIGHT, TOP, BOTTOM = 76, 32, 40, 56  # margins of the plot; the legend is in a row of its own below
LEGEND_ROW = 20

LIGHT = {"paper": "#ffffff", "ink": "#1f2328", "faint": "#59636e", "grid": "#d9dee3",
         "lines": ("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#9a6700", "#cf222e", "#0e7c86", "#57606a")}
DARK = {"paper": "#0d1117", "ink": "#e6edf3", "faint": "#9198a1", "grid": "#30363d",
        "lines": ("#58a6ff", "#f0883e", "#56d364", "#bc8cff", "#e3b341", "#ff7b72", "#39c5cf", "#b1bac4")}
COLOURS = len(LIGHT["lines"])


def _rules(colours):
    return (f".chart .paper {{ fill: {colours['paper']}; }} .chart text {{ fill: {colours['ink']}; }}\n"
            f".chart .faint {{ fill: {colours['faint']}; }} .chart .grid {{ stroke: {colours['grid']}; }}\n"
            + "".join(f".chart .f{i} {{ fill: {c}; }} .chart .s{i} {{ stroke: {c}; }}\n"
                      for i, c in enumerate(colours["lines"])))


# Plain rules instead of variables: programs other than browsers know these.
STYLE = (".chart text { font: 12px system-ui, sans-serif; } .chart .title { font-size: 15px; font-weight: 600; }\n"
         + _rules(LIGHT) + "@media (prefers-color-scheme: dark) {\n" + _rules(DARK) + "}\n")
DASHES = ("", "7 4", "2 3", "10 3 2 3")


def number_text(value):
    """A number as people read it: 12345.6 -> "12,346", 0.1234 -> "0.123"."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:.{min(digits, 12)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def linear_ticks(least, most, about=5):
    """Round numbers that reach from `least` or below to `most` or above."""
    if most <= least:
        most = least + (abs(least) or 1)
    step = 10 ** math.floor(math.log10((most - least) / about))
    for times in (2, 2.5, 2):  # 2, 5, 10
        if (most - least) / step > about:
            step *= times
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    return [i * step for i in range(first, last + 1)]


def log_ticks(least, most):
    """Powers of ten that hold everything between them; all values must be above 0."""
    first, last = math.floor(math.log10(least) + 1e-9), math.ceil(math.log10(most) - 1e-9)
    return [10.0**i for i in range(first, max(last, first + 1) + 1)]


class _Axis:
    """Maps values to pixels."""

    def __init__(self, values, pixels, log, from_zero=False):
        if log and min(values) <= 0:
            raise ValueError("a logarithmic axis has room for values above 0 only")
        self.log = log
        self.ticks = log_ticks(min(values), max(values)) if log else linear_ticks(
            min(0, *values) if from_zero else min(values), max(values))
        self.start, self.end = pixels

    def __call__(self, value):
        scale = math.log10 if self.log else float
        low, high = scale(self.ticks[0]), scale(self.ticks[-1])
        return self.start + (self.end - self.start) * (scale(value) - low) / (high - low)


def _text(x, y, text, kind="", anchor="middle"):
    kind = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kind}>{html.escape(str(text))}</text>'


def _line(x1, y1, x2, y2):
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _y_grid(axis, unit):
    marks = [_text(LEFT - 8, TOP - 12, unit, "faint", "end")] if unit else []
    for tick in axis.ticks:
        marks += [_line(LEFT, axis(tick), WIDTH - RIGHT, axis(tick)),
                  _text(LEFT - 8, axis(tick) + 4, number_text(tick), "faint", "end")]
    return marks


def _legend(names):
    """Marks, and how high they are."""
    marks, x, row = [], LEFT, 0
    for i, name in enumerate(names):
        wide = 30 + 7 * len(name)
        if x + wide > WIDTH - RIGHT and x > LEFT:
            x, row = LEFT, row + 1
        y = HEIGHT + LEGEND_ROW * row
        marks += [f'<rect x="{x}" y="{y - 9}" width="12" height="10" rx="2" class="f{i % COLOURS}"/>',
                  _text(x + 17, y, name, anchor="start")]
        x += wide
    return marks, LEGEND_ROW * (row + 1)


def _svg(title, marks, below=0):
    high = HEIGHT + below
    return (f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" role="img" '
            f'aria-label="{html.escape(title)}" style="max-width:{WIDTH}px;width:100%">\n<style>{STYLE}</style>\n'
            f'<rect width="{WIDTH}" height="{high}" rx="6" class="paper"/>\n'
            + _text(LEFT, 20, title, "title", "start") + "\n" + "\n".join(marks) + "\n</svg>\n")


def bar_chart(title, unit, groups):
    """Bars side by side in each group. groups: {group: {series: value}}; a series may be missing in a group."""
    names = list(dict.fromkeys(name for bars in groups.values() for name in bars))
    values = [value for bars in groups.values() for value in bars.values()]
    if not values:
        raise ValueError(f"{title}: nothing to draw")
    y = _Axis(values, (HEIGHT - BOTTOM, TOP), False, from_zero=True)
    marks = _y_grid(y, unit)
    group_width = (WIDTH - LEFT - RIGHT) / len(groups)
    bar_width = min(56, group_width * 0.84 / len(names))
    for i, (group, bars) in enumerate(groups.items()):
        middle = LEFT + group_width * (i + 0.5)
        marks.append(_text(middle, HEIGHT - BOTTOM + 18, group))
        for name, value in bars.items():
            at = names.index(name)
            x = middle + bar_width * (at - len(names) / 2)
            top, bottom = sorted((y(value), y(0)))
            told = html.escape(f"{group}, {name}: {number_text(value)} {unit}".rstrip())
            marks += [f'<rect x="{x + 1:.1f}" y="{top:.1f}" width="{bar_width - 2:.1f}" height="{bottom - top:.1f}" '
                      f'rx="2" class="f{at % COLOURS}"><title>{told}</title></rect>']
            short = number_text(value / 1000) + "k" if value >= 10_000 else number_text(value)
            if 7 * len(short) <= bar_width:
                marks.append(_text(x + bar_width / 2, top - 4, short))
    legend, below = _legend(names) if len(names) > 1 or names[0] else ([], 0)
    return _svg(title, marks + legend, below)


def line_chart(title, x_unit, y_unit, series, log_x=False, log_y=False, x_labels=None):
    """Lines through points. series: {name: [(x, y), ...]}; x_labels: {x: text} in place of the numbers below."""
    points = [point for line in series.values() for point in line]
    if not points:
        raise ValueError(f"{title}: nothing to draw")
    x = _Axis([p[0] for p in points], (LEFT, WIDTH - RIGHT), log_x)
    y = _Axis([p[1] for p in points], (HEIGHT - BOTTOM, TOP), log_y, from_zero=True)
    marks = _y_grid(y, y_unit)
    labels = x_labels or {tick: number_text(tick) for tick in x.ticks}
    for at, text in labels.items():
        if x.ticks[0] <= at <= x.ticks[-1]:
            marks += [_line(x(at), TOP, x(at), HEIGHT - BOTTOM), _text(x(at), HEIGHT - BOTTOM + 18, text, "faint")]
    marks.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 36, x_unit, "faint"))
    for i, (name, line) in enumerate(series.items()):
        path = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in line)
        dash = f' stroke-dasharray="{DASHES[i % 4]}"' if i % 4 else ""
        marks.append(f'<polyline points="{path}" fill="none" class="s{i % COLOURS}" stroke-width="2"{dash}/>')
        if len(line) <= 60:
            for a, b in line:
                told = html.escape(f"{name}: {number_text(b)} {y_unit}")
                marks.append(f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3" class="f{i % COLOURS}">'
                             f"<title>{told}</title></circle>")
    legend, below = _legend(list(series)) if len(series) > 1 else ([], 0)
    return _svg(title, marks + legend, below)


def table(head, rows):
    """An HTML table; all but the first column are numbers, to the right."""
    def row(kind, cells):
        return "<tr>" + "".join(f"<{kind}>{html.escape(str(cell))}</{kind}>" for cell in cells) + "</tr>\n"
    return "<table>\n" + row("th", head) + "".join(row("td", cells) for cells in rows) + "</table>\n"


PAGE_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 760px; margin: 2em auto; padding: 0 1em;
  background: #ffffff; color: #1f2328; }
table { border-collapse: collapse; margin: 1em 0; display: block; overflow-x: auto; }
th, td { padding: 3px 12px 3px 0; border-bottom: 1px solid #d9dee3; text-align: right; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; }
svg { margin: .6em 0; }
@media (prefers-color-scheme: dark) { body { background: #0d1117; color: #e6edf3; } th, td { border-color: #30363d; } }
"""


def page(title, sections):
    """One HTML page that needs no other file. sections: [(heading, html), ...]"""
    body = "".join(f"<h2>{html.escape(heading)}</h2>\n{content}" for heading, content in sections)
    return (f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n'
            f"<style>{PAGE_STYLE}</style>\n</head>\n<body>\n<h1>{html.escape(title)}</h1>\n{body}</body>\n</html>\n")
