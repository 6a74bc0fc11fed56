using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.AsOf;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresAsOfGrainTests(PostgresServer server, ClassSilo silo) : AsOfGrainTests(silo)
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
