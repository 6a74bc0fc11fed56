"""What the scripted year must show, worked out from its files alone: units.csv, figures.csv, script.json.

An independent model of the rules, not of the program: reports are kept one by one, and every total is a plain sum.
"""
import csv
import datetime
import json
from decimal import Decimal

STOCKS = {"8.3", "8.3.2"}


class Figures:
    """figures.csv: a cell is least + times * ((line * n + period * p) mod span), or the sum of other cells.

    n: the unit's line in units.csv, the first being 1. p: the task's number in the script, the first being 1.
    """

    def __init__(self, file):
        with open(file, encoding="utf-8") as text:
            self.rules = list(csv.DictReader(text))

    def of(self, form, n, p, given):
        """Every cell of a report, also those that are left empty for the platform to fill in. What is given goes before a rule."""
        cells = {}
        for rule in self.rules:
            if rule["form"] != form:
                continue
            if rule["cell"] in given:
                cells[rule["cell"]] = given[rule["cell"]]
            elif rule["sum"]:
                cells[rule["cell"]] = sum(cells[part] for part in rule["sum"].split())
            else:
                turn = (int(rule["line"]) * n + int(rule["period"]) * p) % int(rule["span"])
                cells[rule["cell"]] = Decimal(rule["least"]) + Decimal(rule["times"]) * turn
        return cells


class Report:
    """One unit's report for one task: cells per layer (None: nothing counts), and what happened to it."""

    def __init__(self, overdue):
        self.overdue, self.late, self.returned = overdue, False, False
        self.submitted = self.accepted = None

    def file(self, cells):
        self.submitted, self.returned = cells, False
        self.late = self.overdue

    def counting(self):
        return self.submitted if self.submitted is not None else self.accepted


class Year:
    def __init__(self, folder):
        with open(folder / "units.csv", encoding="utf-8") as text:
            self.units = {row["code"]: row for row in csv.DictReader(text)}
        self.line = {code: n for n, code in enumerate(self.units, 1)}
        self.script = json.loads((folder / "script.json").read_text(encoding="utf-8"), parse_float=Decimal)
        self.figures = Figures(folder.parent / "figures.csv")
        self.calendar = read_calendars(folder)
        self.rows, self.quarters = [], {}

    def within(self, unit, above):
        while unit and unit != above:
            unit = self.units[unit]["parent"]
        return unit == above

    def play(self):
        for number, task in enumerate(self.script["tasks"], 1):
            Task(self, number, task).play()
        return self.rows


class Task:
    def __init__(self, year, number, task):
        self.year, self.number = year, number
        self.form, self.period, self.steps = task["form"], task["period"], task["steps"]
        self.reports, self.days, self.filed, self.signed = {}, [], None, {}
        for unit in year.units:
            if any(self.takes_in(rule, unit) for rule in task["rules"]["obliged"]):
                deadline = next(rule for rule in task["rules"]["deadlines"] if self.takes_in(rule.get("units", {}), unit))
                day = self.day(deadline)
                self.days.append(day)
                self.reports[unit] = Report(overdue=day is not None)
        self.row("opened", self.root(), "task", {"obliged": len(self.reports), "overdue": sum(d is not None for d in self.days),
                                                 "last-day": min((d for d in self.days if d), default="-")})

    def root(self):
        return self.year.script["shown"][0]

    def takes_in(self, rule, unit):
        row = self.year.units[unit]
        return (row["kind"] in rule.get("kinds", [row["kind"]]) and row["level"] in rule.get("levels", [row["level"]])
                and ("under" not in rule or self.year.within(unit, rule["under"])))

    def day(self, rule):
        """The last day, where it does not depend on when the year is played; those that do not are long past."""
        if "date" in rule:
            return None if rule["date"].startswith("+") else rule["date"]
        year, quarter = int(self.period[:4]), int(self.period[5])
        at = datetime.date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - datetime.timedelta(1)
        left = rule["afterPeriod"]
        while left:
            at += datetime.timedelta(1)
            left -= self.year.calendar.get(at.isoformat(), "workday" if at.weekday() < 5 else "holiday") == "workday"
        return at.isoformat()

    def play(self):
        for step in self.steps:
            unit = step.get("unit")
            match step["do"]:
                case "extend":
                    self.reports[unit].overdue = False
                case "file":
                    assert {*step.get("except", []), *step.get("nil", [])} <= self.reports.keys(), step
                    for each in self.reports:
                        if each not in step.get("except", []):
                            self.reports[each].file({} if each in step.get("nil", []) else self.cells(each, {}))
                case "submit":
                    self.reports[unit].file(self.cells(unit, step.get("cells", {})))
                case "return":
                    self.reports[unit].submitted, self.reports[unit].returned = self.reports[unit].accepted, True
                case "accept":
                    for report in self.reports.values():
                        if not report.returned:
                            report.accepted = report.submitted
                case "reopen":
                    self.reports[unit].accepted = None
                case "publish":
                    self.filed = self.layer(unit, "submitted")
                case "complete":
                    self.complete(step.get("returns", []))
                case "show":
                    self.show(step["stage"])
                case "restate":
                    self.restate()
                case "yearToDate":
                    self.year_to_date()
                case "sign" | "lock" | "refused":
                    pass
                case other:
                    raise ValueError(f"no such step: {other}")
        self.year.quarters[self.period] = self.layer(self.root(), "accepted")

    def cells(self, unit, given):
        return self.year.figures.of(self.form, self.year.line[unit], self.number, {cell: Decimal(value) for cell, value in given.items()})

    def layer(self, above, layer):
        """What counts at and under a unit: the cells of each report, by unit."""
        return {unit: getattr(report, layer) for unit, report in self.reports.items()
                if getattr(report, layer) is not None and self.year.within(unit, above)}

    def shown(self, reports):
        return {cell: self.sum(reports, cell) for cell in self.year.script["figures"][self.form]}

    @staticmethod
    def sum(reports, cell):
        values = [cells[cell] for cells in reports.values() if cell in cells]
        return plain(sum(values)) if values else "-"

    def show(self, stage):
        for above in self.year.script["shown"]:
            under = [report for unit, report in self.reports.items() if self.year.within(unit, above)]
            coverage = {
                "expected": len(under),
                "submitted": sum(r.submitted is not None for r in under),
                "accepted": sum(r.accepted is not None for r in under),
                "returned": sum(r.returned for r in under),
                "nil": sum(r.counting() == {} for r in under),
                "late": sum(r.late for r in under),
                "missing": sum(r.counting() is None and r.overdue for r in under),
                "open": sum(r.counting() is None and not r.overdue for r in under),
            }
            self.row(stage, above, "submitted", coverage | self.shown(self.layer(above, "submitted")))
            self.row(stage, above, "accepted", self.shown(self.layer(above, "accepted")))

    def complete(self, returns):
        """Every office signs what it accepted; the level above accepts it, some only the second time. Nobody is above the root."""
        offices = [row for row in self.year.units.values() if row["kind"] == "government" and row["level"] != "township"]
        for level in ("county", "city", "province"):
            mine = [row["code"] for row in offices if row["level"] == level]
            again = sum(each["unit"] in mine for each in returns)
            self.row("completions", level, "offices", {
                "offices": len(mine), "reported": len(mine) + again, "returned": again,
                "accepted": 0 if level == "province" else len(mine)})
        self.signed = {row["code"]: self.layer(row["code"], "accepted") for row in offices}

    def restate(self):
        for unit in self.year.script["shown"]:
            self.compare(unit, "signed", self.signed[unit], self.layer(unit, "accepted"))
        if self.filed is not None:
            self.compare(self.root(), "filed", self.filed, self.layer(self.root(), "submitted"))

    def compare(self, unit, what, then, now):
        cells = sorted({cell for report in [*then.values(), *now.values()] for cell in report})
        counted = lambda reports, cell: (self.sum(reports, cell), sum(cell in report for report in reports.values()))
        self.row("restatement", unit, what, self.shown(then))
        self.row("restatement", unit, f"{what}-now", self.shown(now) | {
            "cells": sum(counted(then, cell) != counted(now, cell) for cell in cells),
            "submissions": sum(then.get(each) is not now.get(each) for each in self.reports)})

    def year_to_date(self):
        last = self.layer(self.root(), "accepted")
        quarters = self.year.quarters | {self.period: last}
        values = {period: len(reports) for period, reports in quarters.items()}
        for cell in self.year.script["figures"][self.form]:
            values[cell] = self.sum(last, cell) if cell in STOCKS else plain(sum(Decimal(self.sum(each, cell)) for each in quarters.values()))
        self.row("year-to-date", self.root(), "accepted", values)

    def row(self, stage, unit, what, values):
        self.year.rows.append((f"{self.period} {stage}", unit, what, " ".join(f"{name}={value}" for name, value in values.items())))


def read_calendars(folder):
    days = {}
    for file in json.loads((folder / "tenant.json").read_text(encoding="utf-8"))["calendars"].values():
        with open(folder / file, encoding="utf-8") as text:
            days |= {row["day"]: row["kind"] for row in csv.DictReader(text)}
    return days


def plain(value):
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write(here):
    for tenant in ("east", "west"):
        rows = Year(here / tenant).play()
        with open(here / tenant / "expected.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("stage", "unit", "what", "values"))
            writer.writerows(rows)
