using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Tasks;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresObligedListTests(PostgresServer server, ClassSilo silo) : ObligedListTests(silo)
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
