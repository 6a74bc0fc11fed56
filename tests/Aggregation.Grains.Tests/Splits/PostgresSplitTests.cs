using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Splits;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresSplitTests(PostgresServer server, SplitSilos silos) : SplitTests(silos)
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
