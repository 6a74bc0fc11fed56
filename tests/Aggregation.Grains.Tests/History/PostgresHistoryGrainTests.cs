using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.History;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresHistoryGrainTests(PostgresServer server, ClassSilo silo) : HistoryGrainTests(silo)
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
