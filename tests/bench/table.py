"""A table for README.md, and which of its rows missed their target."""


class Table:
    def __init__(self, *columns):
        self.lines = [f"| | {' | '.join(columns)} |", "| --- " * (len(columns) + 1) + "|"]
        self.conditions = ""  # what is to be known besides the machine
        self.missed = []
        self.missed_times = []

    def row(self, what, *cells, missed=False, is_time=False):
        self.lines.append(f"| {' | '.join(map(str, (what, *cells)))} |")
        if missed:
            (self.missed_times if is_time else self.missed).append(what)
