namespace Aggregation.Domain.Structure;

/// <summary>The words that stand for kinds and levels in files and messages, in English and Chinese.</summary>
public static class UnitWords
{
    private static readonly Dictionary<string, UnitKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["government"] = UnitKind.Government,
        ["政府"] = UnitKind.Government,
        ["department"] = UnitKind.Department,
        ["部门"] = UnitKind.Department,
        ["institution"] = UnitKind.Institution,
        ["直属单位"] = UnitKind.Institution,
    };

    private static readonly Dictionary<string, UnitLevel> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["province"] = UnitLevel.Province,
        ["省"] = UnitLevel.Province,
        ["省级"] = UnitLevel.Province,
        ["city"] = UnitLevel.City,
        ["市"] = UnitLevel.City,
        ["市级"] = UnitLevel.City,
        ["county"] = UnitLevel.County,
        ["县"] = UnitLevel.County,
        ["县级"] = UnitLevel.County,
        ["township"] = UnitLevel.Township,
        ["乡镇"] = UnitLevel.Township,
        ["乡级"] = UnitLevel.Township,
        ["village"] = UnitLevel.Village,
        ["村"] = UnitLevel.Village,
        ["村级"] = UnitLevel.Village,
    };

    public static bool TryKind(string text, out UnitKind kind) => Kinds.TryGetValue(text, out kind);

    public static bool TryLevel(string text, out UnitLevel level) => Levels.TryGetValue(text, out level);

    public static string Of(UnitKind kind) => kind switch
    {
        UnitKind.Government => "government",
        UnitKind.Department => "department",
        _ => "institution",
    };

    public static string Of(UnitLevel level) => level switch
    {
        UnitLevel.Province => "province",
        UnitLevel.City => "city",
        UnitLevel.County => "county",
        UnitLevel.Township => "township",
        UnitLevel.Village => "village",
        _ => "",
    };
}
