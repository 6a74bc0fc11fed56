using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Structure;

/// <summary>The words of every fault, each in Chinese and English.</summary>
internal static class ImportFaults
{
    public static ImportFault EmptyFile() =>
        new(0, "", "", ImportRules.Rows, "文件中没有单位", "the file has no units");

    public static ImportFault Table(CsvFault fault) =>
        new(fault.Line, fault.Column, fault.Value, fault.Rule, fault.MessageZh, fault.MessageEn);

    public static ImportFault Code(int line, string column, string value) => new(
        line, column, value, ImportRules.Code,
        $"代码“{value}”应为六位行政区划代码、其后加连字符和本地码，或 1–{UnitCode.MaxLength} 位字母、数字、连字符和点",
        $"'{value}' must be six digits (GB/T 2260), these with a hyphen and a local suffix, or 1–{UnitCode.MaxLength} letters, digits, hyphens and dots");

    public static ImportFault UniqueCode(int line, string value, int first) => new(
        line, "code", value, ImportRules.UniqueCode, $"代码“{value}”已在第 {first} 行出现", $"'{value}' stands on line {first} already");

    public static ImportFault Name(int line, string value) => new(
        line, "name", value, ImportRules.Name, $"名称应为 1–{Unit.MaxNameLength} 字", $"a name has 1–{Unit.MaxNameLength} characters");

    public static ImportFault Kind(int line, string value) => new(
        line, "kind", value, ImportRules.Kind, $"性质“{value}”应为政府、部门或直属单位", $"'{value}' must be government, department or institution");

    public static ImportFault Level(int line, string value) => new(
        line, "level", value, ImportRules.Level,
        $"政府的级别“{value}”应为省、市、县、乡镇或村",
        $"'{value}' must be province, city, county, township or village for a government");

    public static ImportFault LevelOfOther(int line, string value) => new(
        line, "level", value, ImportRules.Level, $"只有政府有级别，“{value}”应为空", $"only a government has a level; '{value}' must be empty");

    public static ImportFault Date(int line, string column, string value) => new(
        line, column, value, ImportRules.Date, $"日期“{value}”应写作 2017-01-31", $"'{value}' must be a day written like 2017-01-31, 2017/1/31 or 2017年1月31日");

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

    public static ImportFault NameText(int line, string value) => new(
        line, "name", value, ImportRules.NameText,
        "名称中不得有控制字符，也不得有 U+FFFD（原有的字已丢失）", "a name has no control character and no U+FFFD, where a character was lost");

    /// <summary>What it takes instead is named, as changes of the structure are.</summary>
    public static ImportFault Restructured(int line, string code, string column, string value, string was)
    {
        var (changeZh, change) = column switch
        {
            "parent" => ("划转 move", "a move"),
            "from" => ("机构调整", "a restructuring"),
            "to" => ("关闭、合并或撤销 close, merge, abolish", "a close, merge or abolish"),
            _ => ("更名 rename", "a rename"),
        };
        return new ImportFault(
            line, column, value, ImportRules.NoRestructuring,
            $"导入不改变已有单位：{code} 的 {column} 由“{was}”改为“{value}”，应以 units restructure 办理{changeZh}，并注明起始日",
            $"an import changes no unit that exists: {column} of {code}, '{was}' → '{value}', is {change} with a first day, by units restructure");
    }

    public static ImportFault Disagrees(int line, string column, string value, string tree, string was) => new(
        line, column, value, ImportRules.SameInEveryTree,
        $"与机构树 {tree} 中的“{was}”不一致",
        $"tree {tree} says '{was}'; give the same or leave it empty");

    private static string Days(Unit unit) => $"{unit.From:yyyy-MM-dd}..{unit.To:yyyy-MM-dd}";
}
