using Aggregation.Storage.Journal;
using Aggregation.Storage.Personal;
using Aggregation.Storage.Postgres;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Storage.Tests;

[OnPostgres]
[Collection(PostgresDatabases.Name)]
public sealed class PostgresJournalSuiteTests(PostgresServer server) : JournalSuite
{
    private PostgresJournalOptions? options;

    protected override IPersonalData Personal => ((PostgresJournal)Journal).Personal;

    protected override async Task<IJournal> OpenAsync() =>
        await PostgresDatabases.OpenAsync(options ??= await PostgresDatabases.OptionsAsync(server));

    protected override async Task CloseAsync(IJournal journal) => await ((PostgresJournal)journal).DisposeAsync();
}
