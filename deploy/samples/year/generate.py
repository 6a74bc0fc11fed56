#!/usr/bin/env python3
"""Writes the units of the scripted year, and by expected.py what its tables must show. Run it here after a change.

Everything is made up: no province of these names or codes exists. Real administrations are in ../north and ../south.
"""
import csv
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from generate import ORDINALS, SAMPLE, Units  # noqa: E402

import expected  # noqa: E402


def province(tenant, code, name, cities, counties, sizes):
    """A province 省 of equal cities 市 of equal counties 县; sizes: bodies of province, city, county, and townships."""
    units = Units()
    units.government(code, f"{name}{SAMPLE}", "province")
    units.bodies(code, "省", sizes[0])
    for c, city in enumerate(ORDINALS[:cities], 1):
        city_code = f"{code[:2]}{c:02}00"
        units.government(city_code, f"{city}江市{SAMPLE}", "city", code)
        units.bodies(city_code, f"{city}江市", sizes[1], 1)
        for d, county in enumerate(ORDINALS[10:10 + counties], 1):
            county_code = f"{code[:2]}{c:02}{20 + d}"
            units.government(county_code, f"{county}山县{SAMPLE}", "county", city_code)
            units.bodies(county_code, f"{county}山县", sizes[2], 2)
            units.townships(county_code, f"{county}山县", sizes[3])
    with open(HERE / tenant / "units.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "kind", "level", "parent", "from", "to"))
        writer.writerows(units.territory)


if __name__ == "__main__":
    province("east", "980000", "东岭省", 8, 6, (20, 11, 14, 4))
    province("west", "970000", "西岭省", 2, 2, (4, 3, 4, 2))
    expected.write(HERE)
