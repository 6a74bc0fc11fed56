using System.Globalization;
using Aggregation.Cli.Output;
using Aggregation.V1;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace Aggregation.Cli.Demo.Year;

/// <summary>What the acts of one step need: the tenant, its keys, the task, and the number by which requests are named.</summary>
/// <param name="Number">Of the task in the script, from 1.</param>
/// <param name="RequestId">Of the step: the same step again is the same requests.</param>
internal sealed record YearStage(
    YearTenant Tenant, YearKeys Keys, YearTask Task, int Number, YearStep Step, string RequestId, Terminal Terminal, bool Json, CancellationToken Cancellation)
{
    private const int AtOnce = 8;
    private const int ChinaStandardTime = 8;

    /// <summary>Server's time of the last receipt of this task, by which live totals are awaited; null: nothing was filed or decided yet.</summary>
    public Timestamp? LastReceipt { get; private set; }

    /// <summary>One line of the story.</summary>
    public void Tell(string who, string what)
    {
        if (!Json)
        {
            Terminal.Screen.MarkupLineInterpolated($"[grey]{Task.Period}[/] [blue]{who}[/] {what}");
        }
    }

    public void Note(Receipt receipt) => Note(receipt.At);

    public YearStage After(YearStage before) => this with { LastReceipt = before.Task == Task ? before.LastReceipt : null };

    /// <summary>The same for each, several at once.</summary>
    public async Task<IReadOnlyList<TResult>> EachAsync<T, TResult>(IReadOnlyList<T> all, Func<T, Task<TResult>> act)
    {
        var results = new TResult[all.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation };
        await Parallel.ForAsync(0, all.Count, parallel, async (i, _) => results[i] = await act(all[i]));
        return results;
    }

    /// <summary>As YYYY-MM-DD, by China Standard Time as the server's days are.</summary>
    public string DayFromToday(int days) =>
        TimeProvider.System.GetUtcNow().AddHours(ChinaStandardTime).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>How every obliged unit stands.</summary>
    public async Task<List<Obligation>> ObligationsAsync()
    {
        var reader = await Keys.ReaderAsync();
        var all = new List<Obligation>();
        var query = new ObligationsRequest { Form = Task.Form, Period = Task.Period, Unit = Tenant.Root, Limit = 10_000 };
        for (ObligationsResponse? page = null; page is null or { HasMore: true };)
        {
            page = await reader.Tasks.ObligationsAsync(query, reader.Call());
            all.AddRange(page.Obligations);
            query.AfterUnit = all[^1].Unit;
        }

        return all;
    }

    public TotalSelector Total(string unit, Layer layer) => new()
    {
        Unit = unit, Form = Task.Form, Period = Task.Period, Scope = Scope.Region, Layer = layer,
    };

    private void Note(Timestamp at)
    {
        if (LastReceipt is null || at > LastReceipt)
        {
            LastReceipt = at;
        }
    }
}
