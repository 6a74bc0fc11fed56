using System.Diagnostics;
using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Report;
using Aggregation.Benchmarks.Rows;
using Aggregation.Benchmarks.Tenants;
using Npgsql;

namespace Aggregation.Benchmarks.Postgres;

/// <summary>The same totals as a PostgreSQL trigger keeps them, and as a query sums them.</summary>
internal sealed class TriggerBench
{
    private const int GroupByPeriod = TriggerSchema.Periods;
    private const int GroupByRuns = 15;

    private static readonly int[] ClientCounts = [1, 16, 64];
    private static readonly TreeSize Tree = SubmitRows.Tree;

    private readonly NpgsqlDataSource _database;
    private readonly int[] _order = [.. Enumerable.Range(0, Tree.Leaves)];
    private int _next = -1;

    private TriggerBench(NpgsqlDataSource database)
    {
        _database = database;
        new Random(1).Shuffle(_order);
    }

    public static async Task<TriggerFigures> RunAsync(
        BenchDatabase server, BenchScale scale, Progress progress, CancellationToken cancellation)
    {
        await using var database = await server.OpenAsync();
        return await new TriggerBench(database).RunAsync(scale.TriggerSeconds, progress, cancellation);
    }

    private async Task<TriggerFigures> RunAsync(double seconds, Progress progress, CancellationToken cancellation)
    {
        await ExecuteAsync(TriggerSchema.Create(Tree), cancellation);
        await ExecuteAsync("VACUUM ANALYZE", cancellation);
        var best = (Rate: 0.0, Clients: 0);
        foreach (var clients in ClientCounts)
        {
            var rate = await RateAsync(clients, seconds, cancellation);
            progress.Say($"PostgreSQL trigger, {clients} clients: {rate:N0}/s");
            best = rate > best.Rate ? (rate, clients) : best;
        }

        await RequireTotalsAsync(cancellation);
        var groupBy = await GroupByAsync(cancellation);
        progress.Say($"PostgreSQL SUM … GROUP BY: {groupBy:F1} ms");
        return new TriggerFigures(Math.Round(best.Rate), best.Clients, Math.Round(groupBy, 2));
    }

    /// <summary>Submissions a second by so many clients, each with a connection and a prepared statement.</summary>
    private async Task<double> RateAsync(int clients, double seconds, CancellationToken cancellation)
    {
        var writers = new List<SubmissionWriter>();
        try
        {
            for (var i = 0; i < clients; i++)
            {
                writers.Add(await SubmissionWriter.OpenAsync(_database, cancellation));
            }

            await InsertAsync(writers, seconds / 4, cancellation);
            var started = Stopwatch.GetTimestamp();
            var written = await InsertAsync(writers, seconds, cancellation);
            return written / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            foreach (var writer in writers)
            {
                await writer.DisposeAsync();
            }
        }
    }

    private async Task<int> InsertAsync(IEnumerable<SubmissionWriter> writers, double seconds, CancellationToken cancellation)
    {
        var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var written = await Task.WhenAll(writers.Select(writer => Task.Run(
            async () =>
            {
                var count = 0;
                for (; Stopwatch.GetTimestamp() < end; count++)
                {
                    var number = Interlocked.Increment(ref _next);
                    await writer.InsertAsync(
                        _order[number % _order.Length], number / _order.Length % TriggerSchema.Periods, cancellation);
                }

                return count;
            },
            cancellation)));
        return written.Sum();
    }

    /// <summary>The trigger's totals of the first period are what the query sums.</summary>
    private async Task RequireTotalsAsync(CancellationToken cancellation)
    {
        await using var kept = _database.CreateCommand(TriggerSchema.Total);
        kept.Parameters.AddWithValue(TriggerSchema.Province(Tree));
        kept.Parameters.AddWithValue(0);
        await using var summed = _database.CreateCommand(TriggerSchema.GroupBy);
        summed.Parameters.AddWithValue(0);
        await using var total = await kept.ExecuteReaderAsync(cancellation);
        await using var sums = await summed.ExecuteReaderAsync(cancellation);
        await total.ReadAsync(cancellation);
        await sums.ReadAsync(cancellation);
        for (var cell = 0; cell < TriggerSchema.Cells; cell++)
        {
            if (total.GetInt64(cell) != sums.GetDecimal(cell + 1))
            {
                throw new InvalidOperationException($"Cell {cell + 1}: the trigger kept {total.GetInt64(cell)}, the submissions sum to {sums.GetDecimal(cell + 1)}.");
            }
        }
    }

    /// <summary>The province's total over 10,500 submissions of one period, median in milliseconds.</summary>
    private async Task<double> GroupByAsync(CancellationToken cancellation)
    {
        await ExecuteAsync("ALTER TABLE submission DISABLE TRIGGER add_up", cancellation);
        await using (var writer = await SubmissionWriter.OpenAsync(_database, cancellation))
        {
            await writer.InsertAllAsync(Tree.Leaves, GroupByPeriod, cancellation);
        }

        await ExecuteAsync("VACUUM ANALYZE submission", cancellation);
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(TriggerSchema.GroupBy, connection) { Parameters = { new() { Value = GroupByPeriod } } };
        await command.PrepareAsync(cancellation);
        var runs = new List<double>();
        for (var run = -2; run < GroupByRuns; run++)
        {
            var started = Stopwatch.GetTimestamp();
            await command.ExecuteScalarAsync(cancellation);
            if (run >= 0)
            {
                runs.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return Samples.Median(runs);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <param name="Rate">Submissions a second, of the best number of clients.</param>
/// <param name="GroupBy">Milliseconds.</param>
internal sealed record TriggerFigures(double Rate, int Clients, double GroupBy);
