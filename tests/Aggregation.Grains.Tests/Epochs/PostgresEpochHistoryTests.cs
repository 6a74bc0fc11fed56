using Aggregation.TestKit.Postgres;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.Epochs;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresEpochHistoryTests(PostgresServer server, ITestOutputHelper output) : EpochHistoryTests(output)
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
