namespace Aggregation.Domain.Structure.Changes;

/// <summary>The words of every fault of a change, each in Chinese and English.</summary>
internal static class ChangeFaults
{
    public static ImportFault None() => new(0, "", "", ChangeRules.Count, "没有任何变更", "there are no changes");

    public static ImportFault TooMany(int count) => new(
        0, "", $"{count}", ChangeRules.Count,
        $"一次最多 {AdministrativeStructure.MaxChanges} 项变更",
        $"more than {AdministrativeStructure.MaxChanges} changes in one list");

    public static ImportFault Known(int line, string value) => new(
        line, "change", value, ChangeRules.Known,
        $"变更“{value}”应为设立、划转、更名、关闭、合并、拆分或撤销",
        $"'{value}' must be open, move, rename, close, merge, split or abolish");

    public static ImportFault Tree(int line, string value) => new(
        line, "tree", value, ChangeRules.Tree, $"没有机构树“{value}”", $"there is no tree '{value}'");

    public static ImportFault Required(int line, string field, ChangeKind kind) => new(
        line, field, "", ChangeRules.Required, $"{Word(kind)}须填写 {field}", $"{English(kind)} needs {field}");

    public static ImportFault Unused(int line, string field, string value, ChangeKind kind) => new(
        line, field, value, ChangeRules.Unused, $"{Word(kind)}不用 {field}，应为空", $"{English(kind)} has no {field}; leave it empty");

    public static ImportFault InForce(int line, string field, string code, DateOnly day, string tree) => new(
        line, field, code, ChangeRules.InForce,
        $"单位“{code}”在 {day:yyyy-MM-dd} 不在机构树 {tree} 中",
        $"'{code}' is not in force in tree {tree} on {day:yyyy-MM-dd}");

    public static ImportFault New(int line, string field, string code, string tree) => new(
        line, field, code, ChangeRules.New,
        $"机构树 {tree} 已有或曾有单位“{code}”，代码不得重复使用",
        $"tree {tree} has or had '{code}'; a code is not used again");

    public static ImportFault Order(int line, DateOnly from, string code, DateOnly later) => new(
        line, "from", $"{from:yyyy-MM-dd}", ChangeRules.Order,
        $"单位“{code}”在 {later:yyyy-MM-dd} 已有变更，新变更不得早于该日",
        $"'{code}' changes on {later:yyyy-MM-dd} already; another change of it cannot come before");

    public static ImportFault Childless(int line, string code, IEnumerable<string> children) => new(
        line, "unit", code, ChangeRules.Childless,
        $"单位“{code}”下仍有：{Shown(children)}",
        $"'{code}' still has units below it: {Shown(children)}");

    public static ImportFault Child(int line, string child, string unit) => new(
        line, "children", child, ChangeRules.Child, $"“{child}”不是“{unit}”的下级单位", $"'{child}' is not directly below '{unit}'");

    public static ImportFault Other(int line, string code) => new(
        line, "into", code, ChangeRules.Other, "应为另一单位", "must be another unit");

    public static ImportFault ParentInForce(int line, Unit unit, DateOnly day) => new(
        line, "parent", unit.Parent ?? "", ChangeRules.ParentInForce,
        $"单位“{unit.Code}”在 {day:yyyy-MM-dd} 存续，而上级“{unit.Parent}”不在",
        $"'{unit.Code}' is in force on {day:yyyy-MM-dd} while its parent '{unit.Parent}' is not");

    private static string Shown(IEnumerable<string> codes)
    {
        const int most = 10;
        var all = codes.Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", all.Take(most)) + (all.Count > most ? $", … ({all.Count})" : "");
    }

    private static string English(ChangeKind kind) => kind.ToString().ToLowerInvariant();

    private static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.Open => "设立",
        ChangeKind.Move => "划转",
        ChangeKind.Rename => "更名",
        ChangeKind.Close => "关闭",
        ChangeKind.Merge => "合并",
        ChangeKind.Split => "拆分",
        _ => "撤销",
    };
}
