using Aggregation.Grains.Tests.Hosting;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Publications;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresPublicationGrainTests(PostgresServer server) : PublicationGrainTests
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
