using Aggregation.Grains.Tests.Hosting;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Structure;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresRestructureTests(PostgresServer server) : RestructureTests
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
