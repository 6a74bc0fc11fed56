namespace Aggregation.Gateway.Tests;

/// <summary>Requests that are right, for a test to spoil.</summary>
internal static class Requests
{
    /// <summary>Longest wait for something that must happen; reached only when it does not.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static V1.SubmitRequest Submit(string unit = "411300-G01", string requestId = "r1") => new()
    {
        Unit = unit,
        Form = "2014",
        Period = "2017",
        RequestId = requestId,
        Cells = { new V1.Cell { Code = "1.1", Amount = new V1.Amount { Units = 428 } } },
    };

    public static V1.TotalSelector Total(string unit = "410000") => new() { Unit = unit, Form = "2014", Period = "2017" };
}
