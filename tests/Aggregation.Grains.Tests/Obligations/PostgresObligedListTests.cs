using Aggregation.Grains.Tests.Hosting;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Obligations;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresObligedListTests(PostgresServer server) : ObligedListTests
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
