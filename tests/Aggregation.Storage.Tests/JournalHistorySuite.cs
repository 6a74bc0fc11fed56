using System.Collections.Concurrent;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Postgres;
using FsCheck;
using FsCheck.Fluent;

namespace Aggregation.Storage.Tests;

/// <summary>Random histories that every journal must survive, against an oracle in memory.</summary>
public abstract class JournalHistorySuite
{
    /// <summary>One attempt: a request with content at a unit, by somebody who may know an old head only.</summary>
    private sealed record Step(int Tenant, int Unit, int Request, int Content, int Staleness);

    protected abstract Task<IJournal> OpenNewAsync();

    protected abstract Task CloseAsync(IJournal journal);

    private static Gen<Step> Steps =>
        from tenant in Gen.Choose(0, 1)
        from unit in Gen.Choose(0, 2)
        from request in Gen.Choose(-3, 12)
        from content in Gen.Choose(0, 1)
        from staleness in Gen.Frequency((6, Gen.Constant(0)), (2, Gen.Choose(1, 3)), (1, Gen.Constant(-1)))
        select new Step(tenant, unit, request, content, staleness);

    [DatabaseFact]
    public void Append_AnyHistory_AgreesWithTheOracle() =>
        Prop.ForAll(Steps.ListOf().Select(list => list.ToArray()).ToArbitrary(), steps => Run(() => Sequential(steps)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithEndSize(80));

    [DatabaseFact]
    public void Append_AnyConcurrentHistory_SettlesEachRequestOnce() =>
        Prop.ForAll(Steps.ListOf().Select(list => list.ToArray()).ToArbitrary(), steps => Run(() => Concurrent(steps)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithEndSize(120));

    private static void Run(Func<Task> test) => Task.Run(test).GetAwaiter().GetResult();

    private async Task Sequential(Step[] steps)
    {
        var oracle = new JournalOracle();
        var journal = await OpenNewAsync();
        try
        {
            foreach (var step in steps)
            {
                if (Entry(step, oracle) is { } entry)
                {
                    var expected = oracle.Append(entry);
                    var outcome = await journal.AppendAsync(entry);
                    Assert.Equal(expected.Result, outcome.Result);
                    Assert.Equal(expected.Entry.Hash.ToArray(), outcome.Entry.Hash.ToArray());
                }
            }

            foreach (var (key, entries) in oracle.Streams)
            {
                var stream = await journal.ReadStreamAsync(key.Tenant, key.Stream, 0, CancellationToken.None);
                Entries.AssertChained(stream);
                Assert.Equal(
                    entries.Select(entry => Convert.ToHexString(entry.Hash.Span)),
                    stream.Select(entry => Convert.ToHexString(entry.Hash.Span)));
            }

            foreach (var tenant in oracle.Streams.GroupBy(stream => stream.Key.Tenant))
            {
                var expected = tenant.Select(stream => stream.Entries[^1].Latest!)
                    .Select(row => new LatestDigest(row.Unit, row.Version, row.SubmittedDigest, row.AcceptedDigest));
                var digests = await journal.ScanDigestsAsync(tenant.Key, "2014", "2017", CancellationToken.None);
                Assert.Equal(expected.OrderBy(row => row.Unit), digests.OrderBy(row => row.Unit));
            }
        }
        finally
        {
            await CloseAsync(journal);
        }
    }

    private static NewEntry? Entry(Step step, JournalOracle oracle)
    {
        var tenant = $"t{step.Tenant}";
        var unit = $"u{step.Unit}";
        var stream = oracle.Streams.FirstOrDefault(known => known.Key == (tenant, Entries.Stream(unit))).Entries ?? [];
        var known = Math.Min(stream.Count, Math.Max(0, stream.Count - step.Staleness));
        var gap = step.Staleness < 0 ? 1 : 0;
        if (gap > 0 && stream.Count == 0)
        {
            return null;
        }

        var last = known == 0 ? null : stream[known - 1].Stored(position: 0);
        var previous = last is null ? null : last with { Version = last.Version + gap };
        return Entries.Ledger(tenant, unit, previous, step.Request < 0 ? null : $"r{step.Request}", $"content {step.Content}");
    }

    /// <summary>Everybody starts from nothing, all at once, and follows the head that each refusal shows.</summary>
    private async Task Concurrent(Step[] steps)
    {
        var settled = new ConcurrentBag<(Step Step, AppendResult Result)>();
        var journal = await OpenNewAsync();
        try
        {
            var requests = steps.Where(step => step.Request >= 0).ToArray();
            await Task.WhenAll(requests.Select(step => Task.Run(async () =>
            {
                StoredEntry? head = null;
                AppendOutcome outcome;
                do
                {
                    outcome = await journal.AppendAsync(
                        Entries.Ledger($"t{step.Tenant}", $"u{step.Unit}", head, $"r{step.Request}", $"content {step.Content}"));
                    head = outcome.Entry;
                }
                while (outcome.Result == AppendResult.VersionTaken);
                settled.Add((step, outcome.Result));
            })));

            foreach (var unit in settled.GroupBy(answer => (answer.Step.Tenant, answer.Step.Unit)))
            {
                var stream = await journal.ReadStreamAsync(
                    $"t{unit.Key.Tenant}", Entries.Stream($"u{unit.Key.Unit}"), 0, CancellationToken.None);
                Entries.AssertChained(stream);
                Assert.Equal(unit.Select(answer => $"r{answer.Step.Request}").Distinct().Order(), stream.Select(entry => entry.RequestId!).Order());
                foreach (var request in unit.GroupBy(answer => answer.Step.Request))
                {
                    var content = System.Text.Encoding.UTF8.GetString(stream.Single(entry => entry.RequestId == $"r{request.Key}").Payload.Span);
                    Assert.Single(request, answer => answer.Result == AppendResult.Appended);
                    Assert.All(request, answer => Assert.Equal(
                        $"content {answer.Step.Content}" == content, answer.Result is AppendResult.Appended or AppendResult.Repeated));
                }
            }
        }
        finally
        {
            await CloseAsync(journal);
        }
    }
}
