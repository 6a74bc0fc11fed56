using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Publications;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresPublicationGrainTests(PostgresServer server, ClassSilo silo) : PublicationGrainTests(silo)
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
