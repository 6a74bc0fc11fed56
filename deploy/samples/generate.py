#!/usr/bin/env python3
"""Writes the sample tenants: units and submissions that carry the printed figures of five real reports.

A printed total that came from many units is split over made-up units, whose names end with （样例）, so that they sum to
it exactly. The split is made up and the same on every run; the totals are the printed ones. Run it in this folder after
a change; the files it writes are kept, so nobody needs Python to use them. README.md names what is printed and what is not.
"""
import csv
import hashlib
import json
import pathlib

import annual

HERE = pathlib.Path(__file__).parent
FROM = "2000-01-01"
SAMPLE = "（样例）"

BODIES = (
    "政府办公室 发展和改革委员会 教育局 科学技术局 工业和信息化委员会 公安局 民政局 司法局 财政局 人力资源和社会保障局 "
    "国土资源局 环境保护局 住房和城乡建设局 城乡规划局 交通运输局 水务局 农业局 林业局 商务局 文化局 "
    "卫生局 人口和计划生育委员会 审计局 安全生产监督管理局 统计局 城市管理局 旅游局 物价局 粮食局 体育局 "
    "广播电视局 质量技术监督局 工商行政管理局 食品药品监督管理局 国家税务局 地方税务局 气象局 地震局 档案局 房产管理局 "
    "人民防空办公室 外事侨务办公室 法制办公室 扶贫办公室 信访局 民族宗教事务局 国有资产监督管理委员会 招商局 畜牧兽医局 水产局 "
    "农业机械管理局 园林绿化局 公路管理局 邮政管理局 烟草专卖局 供销合作社 机关事务管理局 金融工作办公室 盐务局 老龄工作办公室 "
    "移民局 史志办公室 中小企业局 能源局 通信管理局 海事局 国家安全局 调查队 无线电管理局 监狱管理局 煤炭管理局"
).split()
INSTITUTIONS = (
    "档案馆 图书馆 住房公积金管理中心 公共资源交易中心 行政服务中心 疾病预防控制中心 中心血站 博物馆 文化馆 供水公司 "
    "供电公司 公共交通公司 燃气公司 不动产登记中心 社会保险事业管理中心"
).split()
ORDINALS = "甲 乙 丙 丁 戊 己 庚 辛 壬 癸 子 丑 寅 卯 辰 巳 午 未 申".split()


class Units:
    """One tenant's trees."""

    def __init__(self):
        self.territory = []
        self.education = []

    def government(self, code, name, level, parent=""):
        self.territory.append((code, name, "government", level, parent, FROM, ""))

    def bodies(self, parent, short, count, institutions=0):
        """Sample departments, then institutions, of a government; returns their codes."""
        names = [(name, "department") for name in BODIES[:count]]
        names += [(name, "institution") for name in INSTITUTIONS[:institutions]]
        codes = []
        for number, (name, kind) in enumerate(names, 1):
            codes.append(f"{parent}-S{number:02}")
            self.territory.append((codes[-1], short + name + SAMPLE, kind, "", parent, FROM, ""))
        return codes

    def townships(self, parent, short, count):
        codes = []
        for number, ordinal in enumerate(ORDINALS[:count], 1):
            codes.append(f"{parent}-T{number:02}")
            self.territory.append((codes[-1], f"{short}{ordinal}镇{SAMPLE}", "government", "township", parent, FROM, ""))
        return codes

    def line(self, code, parent=""):
        """A unit of the territory that also stands in the education line."""
        unit = next(row for row in self.territory if row[0] == code)
        self.education.append((code, unit[1], unit[2], unit[3], parent, FROM, ""))

    def write(self, folder):
        for name, rows in (("units.csv", self.territory), ("units-line-education.csv", self.education)):
            with open(folder / name, "w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(("code", "name", "kind", "level", "parent", "from", "to"))
                writer.writerows(rows)


def weight(*words):
    """A made-up size, 1 to 100, the same on every run."""
    return 1 + hashlib.sha256("/".join(words).encode()).digest()[0] * 99 // 255


def share(total, sizes):
    """Splits a whole number by sizes, by largest remainder, so that the parts sum to it exactly."""
    whole = sum(sizes)
    parts = [total * size // whole for size in sizes]
    order = sorted(range(len(sizes)), key=lambda i: (-(total * sizes[i] % whole), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


class Report:
    """One form of one period, filed by many units."""

    def __init__(self, form, period):
        self.form, self.period, self.figures = form, period, {}

    def give(self, unit, cell, value):
        self.figures.setdefault(unit, {})[cell] = value

    def split(self, cell, total, units):
        """Over units, by made-up sizes."""
        for unit, part in zip(units, share(total, [weight(self.form, cell, unit) for unit in units])):
            self.give(unit, cell, part)

    def split_within(self, cell, total, other, units):
        """Over units in proportion to another cell, which it therefore never exceeds."""
        for unit, part in zip(units, share(total, [self.figures[unit][other] for unit in units])):
            self.give(unit, cell, part)

    def one_each(self, cell, units):
        for unit in units:
            self.give(unit, cell, 1)

    def copy(self, cell, other):
        for figures in self.figures.values():
            if other in figures:
                figures[cell] = figures[other]

    def total(self, cell, parts):
        for figures in self.figures.values():
            figures[cell] = sum(figures.get(part, 0) for part in parts)

    def write_explained(self, folder, name, note, cell, explanations):
        """As JSON, since CSV has no place for explanations; units that give the cell explain."""
        write_json(folder / "submissions" / f"{name}.json", {
            "$schema": "../../submission.schema.json",
            "note": note,
            "submissions": [
                {"unit": unit, "form": self.form, "period": self.period, "cells": self.figures[unit]}
                | ({"explanations": explanations} if cell in self.figures[unit] else {})
                for unit in sorted(self.figures)
            ],
        })

    def write(self, folder, name, into="submissions"):
        with open(folder / into / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("unit", "form", "period", "cell", "value"))
            for unit in sorted(self.figures):
                for cell, value in self.figures[unit].items():
                    writer.writerow((unit, self.form, self.period, cell, value))


def annual_reports(units, year, size=40):
    """Form 2021 of made-up units, of which no report prints a figure; consistent from year to year."""
    report = Report("2021", str(year))
    for unit in units:
        report.figures[unit] = annual.figures(unit, year, size)
    return report


def write_json(path, content):
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


CLASSES = ["1", "2", "3", "4", "5", "6", "7", "8-9"]


def tongling(folder, units):
    units.government("340000", "安徽省", "province")
    education = units.bodies("340000", "省", 3)[2]
    units.line(education)
    units.government("340700", "铜陵市", "city", "340000")
    city = units.bodies("340700", "市", 49, 15)
    units.line(city[2], education)
    for code, name in (("340705", "铜官区"), ("340706", "义安区"), ("340711", "郊区"), ("340722", "枞阳县")):
        units.government(code, name, "county", "340700")
        units.line(units.bodies(code, name, 4)[2], city[2])
    departments, office = city[:49], city[0]

    statistics = Report("2014", "2017")
    statistics.split("1.1", 21000, city)
    statistics.copy("1.2.2", "1.1")
    for cell, value in (("2.1", 121), ("2.2.1", 35), ("2.2.3", 165), ("9.2", 12), ("9.3", 200)):
        statistics.give(office, cell, value)
    statistics.write(folder, "tongling-2017-2014")

    areas = Report("items-by-key-area", "2017")
    areas.split("total", 3000, departments[:30])
    areas.write(folder, "tongling-2017-items-by-key-area")

    talk = Report("interaction", "2017")
    talk.split("5.1", 80, departments[:24])
    for cell, value in (("2.3", 35), ("2.5", 165), ("2.6", 121), ("4.1", 12), ("4.2", 200)):
        talk.give(office, cell, value)
    talk.write(folder, "tongling-2017-interaction")

    lists = Report("lists", "2017")
    lists.split("1.2", 5327, departments)
    lists.split_within("1.1", 1619, "1.2", departments)
    lists.split_within("1.2.a", 88, "1.2", departments)
    lists.split_within("1.1.a", 54, "1.1", departments)
    lists.one_each("1.3", departments)
    lists.split("2.1", 1259, city)
    lists.split_within("2.1.a", 293, "2.1", city)
    lists.one_each("2.2", city)
    lists.split("3.2", 115, departments[:20])
    lists.split_within("3.1", 90, "3.2", departments[:20])
    for cell, total in (("4.1", 201), ("4.2", 27), ("4.3", 39)):
        lists.split(cell, total, departments[:35])
    lists.one_each("4.4", departments[:35])
    for cell, total in (("5.1", 883), ("5.2", 1306), ("5.3", 175), ("5.4", 367)):
        lists.split(cell, total, departments)
    lists.split("5.5", 169, departments[:22])
    lists.one_each("5.6", departments[:22])
    lists.write(folder, "tongling-2017-lists")


def pingxiang(folder, units):
    units.government("360000", "江西省", "province")
    education = units.bodies("360000", "省", 3)[2]
    units.line(education)
    units.government("360300", "萍乡市", "city", "360000")
    city = units.bodies("360300", "市", 59, 2)
    units.line(city[2], education)
    leaves = city[:30]
    for code, name in (("360302", "安源区"), ("360313", "湘东区"), ("360321", "莲花县"), ("360322", "上栗县"), ("360323", "芦溪县")):
        units.government(code, name, "county", "360300")
        county = units.bodies(code, name, 4)
        units.line(county[2], city[2])
        leaves += county[1:3]
    departments, office, archive = city[:59], city[0], city[59]

    items = Report("items-by-class", "2012")
    for cell, total in zip(CLASSES, (1522, 8349, 1110, 23113, 864, 905, 370, 4893)):
        items.split(cell, total, leaves)
    items.total("total", CLASSES)
    items.write(folder, "pingxiang-2012-items-by-class")

    areas = Report("items-by-key-area", "2012")
    areas.split("total", 6248, leaves[:24])
    areas.split("applications", 12, leaves[:8])
    areas.copy("in-time", "applications")
    areas.write(folder, "pingxiang-2012-items-by-key-area")

    talk = Report("interaction", "2012")
    talk.split("1.1", 2975, leaves)
    talk.split_within("1.2", 2822, "1.1", leaves)
    talk.split("5.1", 36, leaves[:20])
    talk.copy("5.1.a", "5.1")
    talk.copy("5.2", "5.1")
    for cell, value in (("2.1", 10), ("2.3", 19), ("2.4", 580), ("3.3", 6), ("3.4", 186), ("4.2", 450)):
        talk.give(office, cell, value)
    for cell, value in (("3.1", 572), ("3.2", 79)):
        talk.give(archive, cell, value)
    talk.write(folder, "pingxiang-2012-interaction")

    lists = Report("lists", "2012")
    lists.split("1.4", 334, departments)
    lists.write(folder, "pingxiang-2012-lists")

    (folder / "annual").mkdir(exist_ok=True)
    for year in (2023, 2024):
        annual_reports(departments[:4], year).write(folder, f"sample-{year}-2021", "annual")


ZONE_2014 = {
    "1.1": 428, "1.1.a": 72, "1.1.b": 96, "1.2.1": 0, "1.2.2": 428, "1.2.3": 0, "1.2.4": 196, "1.2.5": 0,
    "2.1": 0, "2.2.1": 0, "2.2.1.a": 0, "2.2.2": 0, "2.2.2.a": 0, "2.2.3": 0, "2.2.4": 0, "2.2.5": 0,
    "3.1": 0, "3.1.1": 0, "3.1.2": 0, "3.1.3": 0, "3.1.4": 0, "3.2": 0, "3.2.1": 0, "3.2.2": 0,
    "3.3": 0, "3.3.1": 0, "3.3.2": 0, "3.3.3": 0, "3.3.4": 0, "3.3.4.a": 0, "3.3.4.b": 0, "3.3.4.c": 0,
    "3.3.4.d": 0, "3.3.4.e": 0, "3.3.4.f": 0, "3.3.5": 0, "3.3.6": 0, "3.3.7": 0, "3.3.8": 0,
    "4": 0, "4.1": 0, "4.2": 0, "4.3": 0, "5": 0, "5.1": 0, "5.2": 0, "5.3": 0, "6": 0, "7": 0,
    "8.1": 1, "8.2": 1, "8.3": 4, "8.3.1": 1, "8.3.2": 3, "8.4": 2, "9.1": 2, "9.2": 2, "9.3": 80,
}


def nanyang(folder, units):
    units.government("410000", "河南省", "province")
    education = units.bodies("410000", "省", 3)[2]
    units.line(education)
    units.government("411300", "南阳市", "city", "410000")
    units.line(units.bodies("411300", "市", 4)[2], education)
    units.government("411300-G01", "南阳高新技术产业开发区", "county", "411300")
    units.line(units.bodies("411300-G01", "高新区", 3)[2], "411300-S03")

    report = {
        "$schema": "../../submission.schema.json",
        "note": "The zone's table of 2017, cell for cell. The narrative holds what the report's own text states instead.",
        "unit": "411300-G01", "form": "2014", "period": "2017", "requestId": "sample-411300-G01-2014-2017",
        "filedOn": "2017-01-11",
        "cells": ZONE_2014,
        "narrative": {"1.1": 1795, "1.1.a": 72, "1.2.5": 1171, "3.1": 2},
        "explanations": {
            "narrative:1.1": "样例说明：正文按网站发布总量统计，表内按同一信息计一条统计。",
            "narrative:1.2.5": "样例说明：正文所列其他方式公开数未计入表内口径。",
            "narrative:3.1": "样例说明：正文所列两件申请未计入表内，待核实。",
            "filed-early": "样例说明：按表上所印填报日期原样录入，待核实年份。",
        },
    }
    write_json(folder / "submissions" / "nanyang-2017-2014.json", report)

    wrong = dict(ZONE_2014)
    wrong.update({"1.1.a": 500, "1.2.2": 430, "3.1": 2, "3.3.4": 1, "5": 3, "8.3": 5, "9.9": 1, "8.4": 2.00005})
    write_json(folder / "nanyang-wrong-cells.json", {
        "$schema": "../submission.schema.json",
        "note": "Wrong on purpose: a cell that the form does not have, and an amount with too many decimals.",
        "unit": "411300-G01", "form": "2014", "period": "2017", "requestId": "sample-wrong-cells-411300-G01-2014-2017", "cells": wrong,
    })
    wrong.pop("9.9")
    wrong["8.4"] = 2
    write_json(folder / "nanyang-wrong.json", {
        "$schema": "../submission.schema.json",
        "note": "Wrong on purpose: the same table with broken identities. It is refused, each broken rule named.",
        "unit": "411300-G01", "form": "2014", "period": "2017", "requestId": "sample-wrong-411300-G01-2014-2017", "cells": wrong,
    })

    write_json(folder / "submissions" / "nanyang-2017-interaction.json", {
        "$schema": "../../submission.schema.json",
        "note": "Two mailboxes of the report: 123 messages of which 100 done, and 18 of 18. The second stands at a sample office.",
        "submissions": [
            {"unit": "411300-G01", "form": "interaction", "period": "2017", "cells": {"1.1": 123, "1.2": 100}},
            {"unit": "411300-G01-S01", "form": "interaction", "period": "2017", "cells": {"1.1": 18, "1.2": 18}},
        ],
    })


def qingyuan(folder, units):
    units.government("210000", "辽宁省", "province")
    education = units.bodies("210000", "省", 3)[2]
    units.line(education)
    units.government("210400", "抚顺市", "city", "210000")
    city = units.bodies("210400", "市", 4)
    units.line(city[2], education)
    units.government("210423", "清原满族自治县", "county", "210400")
    departments = units.bodies("210423", "县", 39)
    units.line(departments[2], city[2])
    townships = units.townships("210423", "", 8)

    statistics = Report("2014", "2015")
    statistics.split("1.1", 3678 - 400, departments)
    statistics.split_within("1.1.a", 37, "1.1", departments)
    statistics.copy("1.1.b", "1.1.a")
    for cell, value in (("1.1", 400), ("1.1.a", 103), ("1.1.b", 103)):
        statistics.give("210423", cell, value)
    statistics.copy("1.2.2", "1.1")
    statistics.write(folder, "qingyuan-2015-2014")

    lists = Report("lists", "2015")
    lists.split("1.1", 1114, departments)
    lists.one_each("1.3", departments)
    lists.split("1.4", 249, departments[:30])
    lists.split("1.4", 56, townships)
    lists.one_each("6.1", departments[:24])
    lists.write_explained(
        folder, "qingyuan-2015-lists", "The report prints powers as they stand, not as they were before the review.",
        "1.1", {"1.1<=1.2": "样例说明：报告未载明清理前的数量。"})

    talk = Report("interaction", "2015")
    for cell, value in (("1.1", 39), ("1.2", 39), ("2.2", 12), ("5.1", 3), ("5.2", 3)):
        talk.give("210423", cell, value)
    talk.write(folder, "qingyuan-2015-interaction")


def yishui(folder, units):
    units.government("370000", "山东省", "province")
    education = units.bodies("370000", "省", 3)[2]
    units.line(education)
    units.government("371300", "临沂市", "city", "370000")
    city = units.bodies("371300", "市", 4)
    units.line(city[2], education)
    units.government("371323", "沂水县", "county", "371300")
    departments = units.bodies("371323", "县", 71)
    units.line(departments[2], city[2])
    townships = units.townships("371323", "", 19)

    items = Report("items-by-class", "2008")
    for cell, total in zip(CLASSES, share(3000, [weight("yishui", cell) for cell in CLASSES])):
        items.split(cell, total, departments + townships)
    items.total("total", CLASSES)
    items.write(folder, "yishui-2008-items-by-class")

    lists = Report("lists", "2008")
    lists.one_each("2.2", departments[:38])
    lists.write(folder, "yishui-2008-lists")

    talk = Report("interaction", "2008")
    talk.give("371323", "2.2", 194)
    talk.write(folder, "yishui-2008-interaction")


def tenant(name, title, reports):
    folder = HERE / name
    (folder / "submissions").mkdir(parents=True, exist_ok=True)
    units = Units()
    for report in reports:
        report(folder, units)
    units.write(folder)
    write_json(folder / "tenant.json", {
        "tenant": name,
        "name": title,
        "units": "units.csv",
        "lines": {"education": "units-line-education.csv"},
    })


if __name__ == "__main__":
    tenant("south", "南方样例租户（安徽、江西、河南）", (tongling, pingxiang, nanyang))
    tenant("north", "北方样例租户（辽宁、山东）", (qingyuan, yishui))
