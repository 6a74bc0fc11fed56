using Aggregation.TestKit.Postgres;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.Structure;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresRestructureHistoryTests(PostgresServer server, ITestOutputHelper output) : RestructureHistoryTests(output)
{
    protected override int Histories => 3;

    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
