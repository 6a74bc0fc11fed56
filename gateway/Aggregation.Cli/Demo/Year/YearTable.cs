using System.Text.Encodings.Web;
using System.Text.Json;
using Aggregation.Cli.Output;
using Spectre.Console;

namespace Aggregation.Cli.Demo.Year;

/// <summary>A row of a table: values by name, as plain text; "-" for an empty cell.</summary>
/// <param name="What">Which of a unit's rows it is, such as a layer.</param>
internal sealed record YearRow(string Unit, string UnitName, string What, IReadOnlyList<(string Name, string Value)> Values);

/// <summary>Shows the year's tables, and compares every value with what is expected.</summary>
internal sealed class YearTable(Terminal terminal, YearTenant tenant, bool json)
{
    // All of it is a sample; the tables have no room to say so in every row.
    private const string Sample = "（样例）";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        ["expected"] = "应报", ["submitted"] = "已报", ["accepted"] = "已审", ["returned"] = "退回", ["nil"] = "零报告", ["late"] = "迟报",
        ["missing"] = "未报", ["open"] = "待报", ["obliged"] = "应报", ["overdue"] = "期限已过", ["last-day"] = "期限", ["offices"] = "机关",
        ["reported"] = "上报", ["cells"] = "变动项", ["submissions"] = "变动报表",
    };

    /// <summary>Values compared so far.</summary>
    public int Compared { get; private set; }

    /// <summary>Values that were not as expected.</summary>
    public int Different { get; private set; }

    public void Show(string stage, IReadOnlyList<YearRow> rows)
    {
        var differences = rows.SelectMany(row => tenant.Expected.Differences(stage, row).Select(text => $"{row.Unit} {row.What}: {text}")).ToList();
        Compared += rows.Sum(row => row.Values.Count);
        Different += differences.Count;
        if (json)
        {
            foreach (var row in rows)
            {
                var values = row.Values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
                terminal.Output.WriteLine(JsonSerializer.Serialize(new { tenant = tenant.Tenant, stage, unit = row.Unit, what = row.What, values }, Json));
            }
        }
        else
        {
            terminal.Screen.Write(Table(stage, rows));
        }

        foreach (var difference in differences)
        {
            terminal.ErrorScreen.MarkupLineInterpolated($"[red]{stage}: {difference}[/]");
        }
    }

    private Table Table(string stage, IReadOnlyList<YearRow> rows)
    {
        var names = rows.SelectMany(row => row.Values).Select(value => value.Name).Distinct(StringComparer.Ordinal).ToList();
        var table = new Table().RoundedBorder().Title(Markup.Escape($"{tenant.Tenant} · {stage}")).AddColumns("单位\nunit", "行\nrow");
        foreach (var name in names)
        {
            table.AddColumn(new TableColumn(Markup.Escape($"{Chinese.GetValueOrDefault(name)}\n{name}")).RightAligned().NoWrap());
        }

        foreach (var row in rows)
        {
            var values = row.Values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
            table.AddRow(
            [
                Markup.Escape($"{row.Unit} {row.UnitName.Replace(Sample, "", StringComparison.Ordinal)}".TrimEnd()),
                row.What,
                .. names.Select(name => Markup.Escape(Thousands(values.GetValueOrDefault(name, "")))),
            ]);
        }

        return table;
    }

    private static string Thousands(string value) =>
        Files.AmountText.TryParse(value, out var amount) ? Files.AmountText.Display(amount) : value;
}
