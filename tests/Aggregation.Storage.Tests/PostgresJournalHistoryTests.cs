using Aggregation.Storage.Journal;
using Aggregation.Storage.Postgres;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Storage.Tests;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresJournalHistoryTests(PostgresServer server) : JournalHistorySuite
{
    protected override async Task<IJournal> OpenNewAsync() =>
        await PostgresDatabases.OpenAsync(await PostgresDatabases.OptionsAsync(server));

    protected override async Task CloseAsync(IJournal journal) => await ((PostgresJournal)journal).DisposeAsync();
}
