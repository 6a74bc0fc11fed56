using Aggregation.V1;

namespace Aggregation.ServerKit.Clients;

/// <summary>Made-up figures for the form "interaction", in cells that no check ties together.</summary>
public static class Figures
{
    public const string Form = "interaction";

    public const string Period = "2017";

    private static readonly string[] Codes = ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2"];

    /// <summary>Some of the cells, each with an amount; at least one.</summary>
    public static IReadOnlyDictionary<string, long> Random(Random random)
    {
        var cells = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var code in Codes)
        {
            if (cells.Count == 0 || random.Next(4) > 0)
            {
                cells.Add(code, random.Next(100_000));
            }
        }

        return cells;
    }

    public static SubmitRequest ToRequest(string unit, string requestId, IReadOnlyDictionary<string, long> cells)
    {
        var request = new SubmitRequest { Unit = unit, Form = Form, Period = Period, RequestId = requestId, NilReturn = cells.Count == 0 };
        request.Cells.Add(cells.Select(cell => new Cell { Code = cell.Key, Amount = new Amount { Units = cell.Value } }));
        return request;
    }

    /// <summary>To be answered once the root counts a unit's revision.</summary>
    public static AwaitRequest ToAwait(string unit, long revision) =>
        new() { Unit = unit, Form = Form, Period = Period, Revision = revision, AtUnit = UnitTree.Root };
}
