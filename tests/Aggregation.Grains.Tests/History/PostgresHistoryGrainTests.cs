using Aggregation.Grains.Tests.Hosting;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.History;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresHistoryGrainTests(PostgresServer server) : HistoryGrainTests
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
