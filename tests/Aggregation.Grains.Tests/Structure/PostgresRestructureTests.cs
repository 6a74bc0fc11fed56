using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Structure;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresRestructureTests(PostgresServer server, ClassSilo silo) : RestructureTests(silo)
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
