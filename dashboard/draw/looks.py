"""How a role looks in every medium: its colour, its width, its mark. Pure."""

from dashboard.charts.model import Role
from dashboard.design import theme

LINE: dict[Role, dict[str, object]] = {
    Role.ENGLAND: {"color": theme.ENGLAND, "width": 1.75, "dash": "dash"},
    Role.REGION: {"color": theme.REGION, "width": 1.75, "dash": "dot"},
    Role.NEIGHBOURS: {"color": theme.NEIGHBOUR, "width": 2.25},
    Role.FOCUS: {"color": theme.FOCUS, "width": 3.5},
    Role.PREDECESSOR: {"color": theme.QUIET, "width": 1.75, "dash": "longdash"},
}
INK = {
    Role.ENGLAND: theme.ENGLAND,
    Role.REGION: theme.REGION,
    Role.NEIGHBOURS: theme.NEIGHBOUR_INK,
    Role.FOCUS: theme.FOCUS,
    Role.PREDECESSOR: theme.QUIET,
}
SHADED = {Role.RANGE: theme.BAND, Role.HALF: theme.RIBBON}
BAR = {
    Role.FOCUS: theme.FOCUS,
    Role.NEIGHBOUR: theme.NEIGHBOUR,
    Role.NEIGHBOURS: theme.NEIGHBOUR,
    Role.REGION: theme.REGION,
    Role.ENGLAND: theme.ENGLAND,
    Role.OTHER: theme.OTHERS,
}
POINT = {  # those in front last
    Role.OTHER: {"color": theme.OTHERS, "size": 7, "line": {"width": 1, "color": theme.QUIET}},
    Role.NEIGHBOUR: {
        "color": theme.NEIGHBOUR,
        "size": 10,
        "symbol": "diamond",
        "line": {"width": 1, "color": theme.PAPER},
    },
    Role.FOCUS: {"color": theme.FOCUS, "size": 14, "line": {"width": 1.5, "color": theme.PAPER}},
}


def line_style(role: Role, index: int) -> tuple[dict[str, object], str]:
    """How a line is drawn, and the colour of its words; chosen areas take theirs in order."""
    if role is Role.CHOSEN:
        place = index % len(theme.CATEGORICAL)
        return {"color": theme.CATEGORICAL[place], "width": 2.5}, theme.CATEGORICAL_INK[place]
    return LINE[role], INK[role]


def hexed(colour: str) -> str:
    """A colour of the theme as an office program has it: 12436D."""
    return colour.removeprefix("#")
