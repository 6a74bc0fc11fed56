using System.Globalization;

namespace Aggregation.Domain.Texts;

/// <summary>Why a table is not read.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Column">Name of the column, or its number from 1 where it has none; empty where the line as a whole is meant.</param>
/// <param name="Value">What the file says there.</param>
/// <param name="Rule">One of <see cref="CsvRules"/>.</param>
/// <param name="MessageZh">For the reader, in Chinese.</param>
/// <param name="MessageEn">For the reader, in English.</param>
public sealed record CsvFault(int Line, string Column, string Value, string Rule, string MessageZh, string MessageEn)
{
    internal static CsvFault NoHeader(string columns) => new(
        1, "", "", CsvRules.Header, $"缺少表头，应为 {columns}", $"there is no header; it is {columns}");

    internal static CsvFault TooMany(int line, int most) => new(
        line, "", "", CsvRules.Rows, $"一次最多 {most} 行", $"more than {most} lines in one file");

    internal static CsvFault Quotes(int line) => new(
        line, "", "", CsvRules.Fields, "引号使用有误", "a quotation mark stands inside a field or is not closed");

    internal static CsvFault Fields(int line, int count, int expected) => new(
        line, "", Number(count), CsvRules.Fields, $"应有 {expected} 列，实有 {count} 列", $"{count} fields where the header has {expected}");

    internal static CsvFault Unheaded(int line, int column, string value) => new(
        line, Number(column), value, CsvRules.Fields,
        $"第 {column} 列没有表头，不应有内容“{value}”；值中有逗号的应加引号",
        $"column {column} has no heading, so '{value}' has no meaning; a value with commas stands in quotation marks");

    internal static CsvFault UnknownColumn(int line, string name, string columns) => new(
        line, name, name, CsvRules.Header, $"未知的列“{name}”", $"unknown column '{name}'; known are {columns}");

    internal static CsvFault RepeatedColumn(int line, string name) => new(
        line, name, name, CsvRules.Header, $"列“{name}”重复", $"column '{name}' stands twice");

    internal static CsvFault MissingColumn(int line, string name) => new(
        line, name, "", CsvRules.Header, $"缺少列“{name}”", $"column '{name}' is missing");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Identifiers of the rules that a table must keep.</summary>
public static class CsvRules
{
    /// <summary>The first line names the columns, each once, in any order and case.</summary>
    public const string Header = "file.header";

    /// <summary>Not more lines than are taken at once.</summary>
    public const string Rows = "file.rows";

    /// <summary>A line has what the header names and nothing beside it, and quotation marks are closed.</summary>
    public const string Fields = "line.fields";
}
