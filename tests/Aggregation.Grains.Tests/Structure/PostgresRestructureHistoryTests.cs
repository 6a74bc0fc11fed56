using Aggregation.TestKit.Postgres;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.Structure;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresRestructureHistoryTests(PostgresServer server, ITestOutputHelper output) : RestructureHistoryTests(output)
{
    protected override IReadOnlyList<int> Lengths => [80];

    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
