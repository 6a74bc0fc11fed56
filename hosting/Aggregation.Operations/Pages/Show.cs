using System.Globalization;
using Aggregation.Operations.Traces;

namespace Aggregation.Operations.Pages;

/// <summary>Numbers, times and words as people read them.</summary>
internal static class Show
{
    public const string Nothing = "–";

    /// <summary>In seconds.</summary>
    public static string Duration(double? seconds) => seconds switch
    {
        null => Nothing,
        0 => "0",
        < 0.0000995 => Text(seconds.Value * 1e6, "0") + " µs",
        < 0.00995 => Text(seconds.Value * 1e3, "0.00") + " ms",
        < 0.995 => Text(seconds.Value * 1e3, "0") + " ms",
        < 120 => Text(seconds.Value, "0.00") + " s",
        < 7200 => Text(seconds.Value / 60, "0") + " min",
        _ => Text(seconds.Value / 3600, "0.0") + " h",
    };

    public static string Duration(TimeSpan? time) => Duration(time?.TotalSeconds);

    public static string Rate(double perSecond) => Text(perSecond, perSecond is > 0 and < 10 ? "0.0#" : "#,0");

    public static string Count(double count) => Text(count, "#,0");

    /// <summary>A mean, of how many times; null where there were none.</summary>
    public static string Mean(double sum, long times, string format) => times > 0 ? Text(sum / times, format) : Nothing;

    public static string Bytes(double bytes) => bytes switch
    {
        < 10 * 1024 => Text(bytes, "#,0") + " B",
        < 10 * 1024 * 1024 => Text(bytes / 1024, "#,0") + " KiB",
        _ => Text(bytes / (1024 * 1024), "#,0") + " MiB",
    };

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string FullTime(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>An RPC without the package that all of ours are in.</summary>
    public static string Rpc(string name) => name.Replace("aggregation.v1.", "", StringComparison.Ordinal);

    public static (string Class, string Text) Outcome(StoredTrace trace) => trace.Outcome switch
    {
        TraceOutcome.Failed => ("failed", "失败 failed"),
        TraceOutcome.Refused => ("refused", "拒绝 refused"),
        _ => trace.Duration is null ? ("running", "进行 running") : ("ok", "成功 ok"),
    };

    public static string Level(string level) => level switch
    {
        "province" => "省 province",
        "city" => "市 city",
        "county" => "县 county",
        "township" => "乡镇 township",
        "village" => "村 village",
        "none" => "部门 department",
        _ => level,
    };

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
