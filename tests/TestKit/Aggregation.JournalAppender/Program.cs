using Aggregation.Domain.Chains;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

// Appends to the journal at args[0], many streams at once, and prints a line "stream version hash" for each entry that
// the journal acknowledged, until somebody kills it.
const int streams = 32;
await using var journal = SqliteJournal.Open(
    new SqliteJournalOptions { Path = args[0], CheckpointPages = 100 }, TimeProvider.System, NullLogger<SqliteJournal>.Instance);
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
await Task.WhenAll(Enumerable.Range(0, streams).Select(stream => Task.Run(() => AppendForEver($"ledger/2014/2017/u{stream}"))));

async Task AppendForEver(string stream)
{
    ReadOnlyMemory<byte> head = default;
    for (long version = 1; ; version++)
    {
        var entry = new NewEntry
        {
            Tenant = "t1",
            Stream = stream,
            Version = version,
            Kind = "submitted",
            At = TimeProvider.System.GetUtcNow(),
            Actor = "key",
            Unit = stream,
            RequestId = $"{version}",
            Payload = new byte[200],
            PreviousHash = head,
        };
        head = EntryHash.Of(entry);
        await journal.AppendAsync(entry with { Hash = head });
        await output.WriteLineAsync($"{stream} {version} {Convert.ToHexStringLower(head.Span)}");
    }
}
