"""Made-up figures of form 2021 for any unit and year, the same on every run: samples, and nobody's real figures.

Every identity of the form holds, within a year and from one to the next: what a year carries over is what the next one
begins with, and documents in force are last year's, plus those issued, less those repealed.
"""
import hashlib

FIRST_YEAR = 2021
APPLICANTS = "person business research welfare legal other".split()
RESULTS = (
    ["3.3.1", "3.3.2"] + [f"3.3.3.{n}" for n in range(1, 9)] + [f"3.3.4.{n}" for n in range(1, 4)]
    + [f"3.3.5.{n}" for n in range(1, 6)] + [f"3.3.6.{n}" for n in range(1, 4)]
)
# How often a result comes, of a hundred; the rest are other results.
OFTEN = {"3.3.1": 45, "3.3.2": 9, "3.3.3.1": 1, "3.3.3.4": 3, "3.3.3.5": 4, "3.3.3.6": 3, "3.3.3.8": 3, "3.3.4.1": 17, "3.3.4.2": 4, "3.3.5.1": 6, "3.3.5.2": 2}
# The size of each kind of applicant, against natural persons.
SHARE = {"person": 100, "business": 14, "research": 1, "welfare": 2, "legal": 5, "other": 2}


def pick(most, *words):
    """A number from 0 to most, the same on every run."""
    digest = hashlib.sha256("/".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:6], "big") % (most + 1)


def figures(unit, year, size=40):
    """The cells of one unit's report.

    size: about how many applications a year it receives. Cells that are zero are left out, except totals of tables that
    have any figure.
    """
    cells = {}
    opening = dict.fromkeys(APPLICANTS, 0)
    in_force = {"2.1.1": pick(3, unit, "rules"), "2.1.2": 10 + pick(40, unit, "documents")}
    for now in range(FIRST_YEAR, year + 1):
        cells, opening, in_force = one_year(unit, now, size, opening, in_force)
    return cells


def one_year(unit, year, size, opening, in_force):
    cells, closing = {}, {}
    in_force = documents(cells, unit, year, in_force)
    for applicant in APPLICANTS:
        new = pick(max(1, size * SHARE[applicant] * 2 // 124), unit, year, applicant)
        closing[applicant] = min(new, pick(max(1, new // 10), unit, year, applicant, "left"))
        give(cells, f"3.1:{applicant}", new)
        give(cells, f"3.2:{applicant}", opening[applicant])
        give(cells, f"3.4:{applicant}", closing[applicant])
        concluded = new + opening[applicant] - closing[applicant]
        give(cells, f"3.3.7:{applicant}", concluded)
        for number in range(concluded):
            cell = f"{result(pick(99, unit, year, applicant, number), number)}:{applicant}"
            cells[cell] = cells.get(cell, 0) + 1
    for row in ["3.1", "3.2", "3.3.7", "3.4"] + RESULTS:
        total = sum(cells.get(f"{row}:{applicant}", 0) for applicant in APPLICANTS)
        give(cells, f"{row}:total", total)
    cases(cells, unit, year, size)
    return cells, closing, in_force


def documents(cells, unit, year, in_force):
    after = {}
    for row, most in (("2.1.1", 1), ("2.1.2", 9)):
        issued = pick(most, unit, year, row)
        repealed = min(in_force[row], pick(most, unit, year, row, "repealed"))
        after[row] = in_force[row] + issued - repealed
        give(cells, f"{row}:issued", issued)
        give(cells, f"{row}:repealed", repealed)
        give(cells, f"{row}:in-force", after[row])
    for cell, most in (("2.5.1:decided", 900), ("2.6.1:decided", 300), ("2.6.2:decided", 40)):
        give(cells, cell, pick(most, unit, year, cell))
    money = pick(2_000_000, unit, year, "fees")
    if money:
        cells["2.8.1:charged"] = f"{money // 10000}.{money % 10000:04}".rstrip("0").rstrip(".")
    return after


def cases(cells, unit, year, size):
    for row in ("4.1", "4.2", "4.3"):
        counts = {column: pick(max(1, size // 25), unit, year, row, column) for column in ("upheld", "corrected", "other-result", "pending")}
        for column, count in counts.items():
            give(cells, f"{row}:{column}", count)
        give(cells, f"{row}:all", sum(counts.values()))


def result(draw, number):
    """The result that a draw from 0 to 99 stands for."""
    for row, often in OFTEN.items():
        if draw < often:
            return row
        draw -= often
    return RESULTS[number % len(RESULTS)]


def give(cells, cell, value):
    if value:
        cells[cell] = value
