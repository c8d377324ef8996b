"""Pictures drawn on the server: SVG without scripts, without anything from another host, legible without colour."""

import pygal
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from pygal.etree import etree
from pygal.style import Style

SVG = "{http://www.w3.org/2000/svg}"
HATCH = (
    '<pattern xmlns="http://www.w3.org/2000/svg" id="target-hatch" width="8" height="8" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="8" height="8" fill="#ffffff"/>'
    '<rect width="3" height="8" fill="#55616e"/></pattern>'
)
FONT = "system-ui, sans-serif"
STYLE = Style(
    background="transparent",
    plot_background="#ffffff",
    foreground="#1d2733",
    foreground_strong="#1d2733",
    foreground_subtle="#d6dde4",
    colors=("#1f4e79", "#55616e"),
    opacity="1",
    font_family=FONT,
    label_font_size=15,
    major_label_font_size=15,
    legend_font_size=15,
    value_font_size=15,
)
# What was counted is solid, the target hatched and outlined: told apart in print and by those who see no colours.
# pygal's own rules name the chart's id, hence the weight of these.
LOOK = (
    "inline:.chart .serie-1 .rect, .chart .legend .color-1 { fill: url(#target-hatch) !important;"
    " stroke: #55616e !important; stroke-width: 1.5 !important; }"
    " .chart .guide.line { stroke: #d6dde4 !important; stroke-dasharray: none !important; }"
    " .chart .text-overlay .value { text-anchor: start; paint-order: stroke; stroke: #ffffff; stroke-width: 5px; }"
)
AXIS = [{"value": value, "label": f"{value} %"} for value in (0, 25, 50, 75, 100)]
ROW_HEIGHT, FRAME_HEIGHT, WIDTH = 70, 90, 600
NO_BREAK = "\xa0"


def percent_label(value):
    """«30,8 %»; nothing for None."""
    return "" if value is None else f"{number_format(round(value, 1), decimal_pos=1)}{NO_BREAK}%"


def targets_chart(rows):
    """Bars of target against fact, one group an IndicatorRow, as SVG for the page; empty without anything to draw.

    pygal escapes the labels: the page may print the picture as it is.
    """
    measured = [row for row in rows if not row.outcome.is_upward_only]
    drawn = [row for row in measured if row.target is not None or row.outcome.percent is not None]
    if not drawn:
        return ""
    chart = pygal.HorizontalBar(
        js=[],
        style=STYLE,
        css=["file://style.css", "file://graph.css", LOOK],
        width=WIDTH,
        height=FRAME_HEIGHT + ROW_HEIGHT * len(drawn),
        range=(0, 100),
        print_values=True,
        print_values_position="top",
        legend_at_bottom=True,
        truncate_label=-1,
        truncate_legend=-1,
        spacing=12,
        margin=4,
        margin_right=75,
        defs=[HATCH],
        classes=["chart"],
        disable_xml_declaration=True,
        value_formatter=lambda value: f"{NO_BREAK}{percent_label(value)}",
    )
    # Horizontal bars are drawn from below: the first indicator stands on top.
    drawn = drawn[::-1]
    chart.y_labels = AXIS
    chart.x_labels = [row.indicator.short_title for row in drawn]
    chart.add(_("Counted"), [_number(row.outcome.percent) for row in drawn])
    chart.add(pgettext("chart", "Target"), [_number(row.target and row.target.percent) for row in drawn])
    chart.add_xml_filter(lambda root: _accessible(root, _("Targets and counted values"), _described(drawn[::-1])))
    return chart.render(is_unicode=True)


def _number(value):
    return None if value is None else float(value)


def _described(rows):
    parts = [
        _("%(indicator)s: target %(target)s, counted %(fact)s")
        % {
            "indicator": row.indicator.short_title,
            "target": percent_label(row.target.percent) if row.target else _("none"),
            "fact": percent_label(row.outcome.percent) or _("no data"),
        }
        for row in rows
    ]
    return "; ".join(parts)


def _accessible(root, title, description):
    """Take scripts and comments out; let a screen reader hear the title and the figures instead of bare marks."""
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in {"script", f"{SVG}script", etree.Comment}]:
            parent.remove(child)
    for name in ("title", "desc"):
        for node in [node for node in root if node.tag in {name, f"{SVG}{name}"}]:
            root.remove(node)
    for position, (name, text) in enumerate([("title", title), ("desc", description)]):
        node = etree.Element(name, {"id": f"chart-{name}"})
        node.text = text
        root.insert(position, node)
    root.attrib.update({"role": "img", "aria-labelledby": "chart-title chart-desc"})
    return root
