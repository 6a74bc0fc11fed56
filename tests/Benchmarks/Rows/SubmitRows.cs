using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Report;
using Aggregation.Benchmarks.Serving;
using Aggregation.Benchmarks.Tenants;

namespace Aggregation.Benchmarks.Rows;

/// <summary>
/// Echo and submit in turns, so that both meet the same machine: each round fills a fresh period of all 10,500
/// departments. Rates are the medians of the rounds, latencies are over all rounds.
/// </summary>
internal sealed class SubmitRows(
    BenchScale scale, EchoRow echo, ServerProcess echoServer, ServerProcess product, BenchTenant tenant, Progress progress)
{
    /// <summary>1 province, 15 cities, 10 counties each, 70 departments each.</summary>
    public static readonly TreeSize Tree = new(15, 10, 70);

    public async Task<SubmitFigures> RunAsync(CancellationToken cancellation)
    {
        var freshness = new Samples();
        var totals = new Samples();
        var rounds = new List<Round>();
        for (var period = 0; period < scale.WarmUpRounds; period++)
        {
            await RunRoundAsync("warm-up", period, new Samples(), new Samples(), cancellation);
        }

        var before = await product.MeasureAsync(cancellation);
        for (var i = 0; i < scale.Rounds; i++)
        {
            rounds.Add(await RunRoundAsync("measured", scale.WarmUpRounds + i, freshness, totals, cancellation));
        }

        var after = await product.MeasureAsync(cancellation);
        return new SubmitFigures(
            Samples.Median(rounds.Select(static round => round.Echo)),
            Samples.Median(rounds.Select(static round => round.EchoSized)),
            Samples.Median(rounds.Select(static round => round.Answer)),
            Samples.Median(rounds.Select(static round => round.Submit)),
            Samples.Median(rounds.Select(static round => round.Cost)),
            Samples.Median(rounds.Select(static round => round.AnswerCost)),
            Samples.Median(rounds.Select(static round => round.ClientCost)),
            freshness, totals,
            (double)(after.Managed - before.Managed) / (Tree.Ledgers * scale.Rounds),
            after.Ledgers);
    }

    private async Task<Round> RunRoundAsync(
        string name, int period, Samples freshness, Samples totals, CancellationToken cancellation)
    {
        var workload = new Workload(Tree, period, firstLeaf: 0, Tree.Leaves);
        var probes = new Probes(tenant, workload.Period, freshness, totals, cancellation);
        var tiny = await echo.TinyAsync(scale.EchoCalls, cancellation);
        var sized = await echo.SubmissionSizedAsync(scale.EchoCalls / 2, workload.Requests[0].CalculateSize(), cancellation);
        var beforeAnswers = echoServer.ProcessorTime;
        var answer = await echo.AnswerAsync(workload.Requests, cancellation);
        var answerCost = (echoServer.ProcessorTime - beforeAnswers).TotalMicroseconds / Tree.Leaves;
        var before = product.ProcessorTime;
        var clientBefore = Environment.CpuUsage.TotalTime;
        var taken = await SubmitLoad.SubmitAsync(tenant, workload, probes, cancellation);
        var cost = (product.ProcessorTime - before).TotalMicroseconds / Tree.Leaves;
        var clientCost = (Environment.CpuUsage.TotalTime - clientBefore).TotalMicroseconds / Tree.Leaves;
        await SubmitLoad.RequireTotalAsync(tenant, workload.Period, Tree.Leaves, workload.Sums, cancellation);
        var round = new Round(tiny, sized, answer, Tree.Leaves / taken.TotalSeconds, cost, answerCost, clientCost);
        progress.Say($"{name}, {workload.Period}: echo {round.Echo:N0}/s, of a submission's size {round.EchoSized:N0}/s, submissions only answered {round.Answer:N0}/s, submit {round.Submit:N0}/s, {round.Cost:N0} µs of the server's processor time each");
        return round;
    }

    private sealed record Round(double Echo, double EchoSized, double Answer, double Submit, double Cost, double AnswerCost, double ClientCost);
}

/// <param name="EchoSized">Echo with messages of a submission's size.</param>
/// <param name="Answer">Submissions that are read and answered, and no more done.</param>
/// <param name="Cost">Microseconds of processor time that the server spends on one submission, all the way up the tree.</param>
/// <param name="AnswerCost">The same of the server that only reads and answers them.</param>
/// <param name="ClientCost">The same of the process that sends them, its probes included.</param>
/// <param name="BytesPerLedger">Live managed memory that one more ledger costs the server, over departments and governments.</param>
/// <param name="LedgersActive">Ledgers that still have an activation afterwards.</param>
internal sealed record SubmitFigures(
    double Echo, double EchoSized, double Answer, double Submit, double Cost, double AnswerCost, double ClientCost, Samples Freshness, Samples Totals, double BytesPerLedger, long LedgersActive);
