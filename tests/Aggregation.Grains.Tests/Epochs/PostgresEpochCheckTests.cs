using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Epochs;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresEpochCheckTests(PostgresServer server, SplitSilos silos) : EpochCheckTests(silos)
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
