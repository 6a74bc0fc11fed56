using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Structure;

/// <summary>The words of every fault, each in Chinese and English.</summary>
internal static class ImportFaults
{
    public static ImportFault EmptyFile() =>
        new(0, "", "", ImportRules.Rows, "文件中没有单位", "the file has no units");

    public static ImportFault TooManyRows(int line) => new(
        line, "", "", ImportRules.Rows,
        $"一次最多导入 {AdministrativeStructure.MaxRows} 个单位",
        $"more than {AdministrativeStructure.MaxRows} units in one file");

    public static ImportFault Fields(int line, int count, int expected) => new(
        line, "", $"{count}", ImportRules.Fields, $"应有 {expected} 列，实有 {count} 列", $"{count} fields where the header has {expected}");

    public static ImportFault Quotes(int line) => new(
        line, "", "", ImportRules.Fields, "引号使用有误", "a quotation mark stands inside a field or is not closed");

    public static ImportFault UnknownColumn(int line, string name) => new(
        line, name, name, ImportRules.Header, $"未知的列“{name}”", $"unknown column '{name}'; known are code, name, kind, level, parent, from, to");

    public static ImportFault RepeatedColumn(int line, string name) =>
        new(line, name, name, ImportRules.Header, $"列“{name}”重复", $"column '{name}' stands twice");

    public static ImportFault MissingColumn(int line, string name) =>
        new(line, name, "", ImportRules.Header, $"缺少列“{name}”", $"column '{name}' is missing");

    public static ImportFault Code(int line, string column, string value) => new(
        line, column, value, ImportRules.Code,
        $"代码“{value}”应为六位行政区划代码、其后加连字符和本地码，或 1–{UnitCode.MaxLength} 位字母、数字、连字符和点",
        $"'{value}' must be six digits (GB/T 2260), these with a hyphen and a local suffix, or 1–{UnitCode.MaxLength} letters, digits, hyphens and dots");

    public static ImportFault UniqueCode(int line, string value, int first) => new(
        line, "code", value, ImportRules.UniqueCode, $"代码“{value}”已在第 {first} 行出现", $"'{value}' stands on line {first} already");

    public static ImportFault Name(int line, string value) => new(
        line, "name", value, ImportRules.Name, $"名称应为 1–{Unit.MaxNameLength} 字", $"a name has 1–{Unit.MaxNameLength} characters");

    public static ImportFault NameText(int line, string value, TextFault fault) => new(
        line, "name", PlainText.Shown(value), ImportRules.NameText, $"名称{fault.MessageZh}", $"in the name, {fault.MessageEn}");

    public static ImportFault Kind(int line, string value) => new(
        line, "kind", value, ImportRules.Kind, $"性质“{value}”应为政府、部门或直属单位", $"'{value}' must be government, department or institution");

    public static ImportFault Level(int line, string value) => new(
        line, "level", value, ImportRules.Level,
        $"政府的级别“{value}”应为省、市、县、乡镇或村",
        $"'{value}' must be province, city, county, township or village for a government");

    public static ImportFault LevelOfOther(int line, string value) => new(
        line, "level", value, ImportRules.Level, $"只有政府有级别，“{value}”应为空", $"only a government has a level; '{value}' must be empty");

    public static ImportFault Date(int line, string column, string value) => new(
        line, column, value, ImportRules.Date, $"日期“{value}”应写作 2017-01-31", $"'{value}' must be a day written like 2017-01-31");

    public static ImportFault DateOrder(int line, DateOnly from, DateOnly to) => new(
        line, "to", $"{to:yyyy-MM-dd}", ImportRules.DateOrder,
        $"截止日 {to:yyyy-MM-dd} 应晚于起始日 {from:yyyy-MM-dd}",
        $"to {to:yyyy-MM-dd} must be after from {from:yyyy-MM-dd}");

    public static ImportFault ParentKnown(int line, string parent) => new(
        line, "parent", parent, ImportRules.ParentKnown, $"上级单位“{parent}”不存在", $"there is no unit '{parent}' in this tree or file");

    public static ImportFault ParentAcyclic(int line, string parent, string path) =>
        new(line, "parent", parent, ImportRules.ParentAcyclic, $"上下级成环：{path}", $"cycle: {path}");

    public static ImportFault ParentAcyclicAcrossTrees(int line, string parent, string path) => new(
        line, "parent", parent, ImportRules.ParentAcyclicAcrossTrees,
        $"在不同机构树之间上下级成环：{path}", $"cycle by way of several trees: {path}");

    public static ImportFault ParentKind(int line, Unit unit, Unit parent) => new(
        line, "parent", parent.Code, ImportRules.ParentKind,
        $"政府的上级只能是政府：{parent.Code} → {unit.Code}",
        $"a {UnitWords.Of(parent.Kind)} is above a government: {parent.Code} → {unit.Code}");

    public static ImportFault ParentLevel(int line, Unit unit, Unit parent) => new(
        line, "level", UnitWords.Of(unit.Level), ImportRules.ParentLevel,
        $"级别应低于上级政府：{parent.Code} → {unit.Code}",
        $"a {UnitWords.Of(unit.Level)} is under a {UnitWords.Of(parent.Level)}: {parent.Code} → {unit.Code}");

    public static ImportFault ParentDates(int line, Unit unit, Unit parent) => new(
        line, "from", $"{unit.From:yyyy-MM-dd}", ImportRules.ParentDates,
        $"单位 {unit.Code}（{Days(unit)}）超出上级 {parent.Code} 的存续期（{Days(parent)}）",
        $"{unit.Code} ({Days(unit)}) is in force while its parent {parent.Code} ({Days(parent)}) is not");

    public static ImportFault Restructured(int line, string column, string value, string was) => new(
        line, column, value, ImportRules.NoRestructuring,
        $"导入不能改变已有单位的 {column}（现为“{was}”），应另行办理机构调整",
        $"an import cannot change {column} of a unit that exists (it is '{was}'); that takes a restructuring");

    public static ImportFault Disagrees(int line, string column, string value, string tree, string was) => new(
        line, column, value, ImportRules.SameInEveryTree,
        $"与机构树 {tree} 中的“{was}”不一致",
        $"tree {tree} says '{was}'; give the same or leave it empty");

    private static string Days(Unit unit) => $"{unit.From:yyyy-MM-dd}..{unit.To:yyyy-MM-dd}";
}
