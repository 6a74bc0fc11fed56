"""Fills in template.xlsx with openpyxl: numbers, a date with a time of day, a formula, and sheets that are hidden."""
import datetime
import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904


def fill(path, mac=False, iso=False, formula="=5+6", hidden=True):
    book = openpyxl.load_workbook("template.xlsx")
    if mac:
        book.epoch = CALENDAR_MAC_1904
    book.iso_dates = iso
    cover, table, notes = (book[name] for name in ("填报信息", "小表", "情况说明"))
    cover["B5"], cover["B6"], cover["B7"], cover["B8"] = 360300, 2024.0, datetime.datetime(2025, 1, 21, 10, 30), False
    table["B1"], table["B2"], table["B4"] = 12.0, formula, 1036.5
    notes["A2"], notes["B2"] = "filed-early", "先行填报\n第二行 & <>"
    if hidden:
        book.create_sheet("名单")["A1"] = "市"
        book["名单"].sheet_state = "hidden"
        book.create_sheet("WpsReserved_CellImgList")["A1"] = 1
        book["WpsReserved_CellImgList"].sheet_state = "veryHidden"
    book.save(path)


fill("openpyxl-not-calculated.xlsx")
fill("openpyxl.xlsx", formula=11)
fill("openpyxl-1904.xlsx", mac=True, formula=11)
fill("openpyxl-iso-dates.xlsx", iso=True, formula=11)
fill("plain.xlsx", hidden=False)
fill("plain-1904.xlsx", mac=True, hidden=False)
