using Aggregation.TestKit.Postgres;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.Splits;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresSplitHistoryTests(PostgresServer server, ITestOutputHelper output) : SplitHistoryTests(output)
{
    protected override Task<TestJournal> NewJournalAsync() => TestJournal.OnPostgresAsync(server);
}
