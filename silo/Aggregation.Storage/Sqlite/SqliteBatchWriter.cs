using System.Diagnostics;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Aggregation.Storage.Sqlite;

/// <summary>Writes batches to the file. SQLite blocks, so all of it has happened when a method returns.</summary>
/// <param name="options">Where to write.</param>
/// <param name="fresh">Told of what is written.</param>
/// <param name="opened">An open connection, owned from now on.</param>
/// <param name="commit">Ends a transaction.</param>
/// <param name="logger">Told of failed transactions.</param>
internal sealed class SqliteBatchWriter(
    SqliteJournalOptions options, FreshPeriods fresh, WriterConnection opened, Action<WriterConnection> commit, ILogger logger) : IBatchWriter
{
    private WriterConnection? connection = opened;

    public KeyValuePair<string, object?> System => JournalTelemetry.Sqlite;

    public bool Blocks => true;

    public ValueTask Open()
    {
        connection ??= WriterConnection.Open(options, fresh);
        return ValueTask.CompletedTask;
    }

    public ValueTask<long?> Write(List<PendingWork> batch)
    {
        var open = connection!;
        open.Begin();
        foreach (var work in batch)
        {
            Apply(open, work);
        }

        var syncing = Stopwatch.GetTimestamp();
        commit(open);
        return new(syncing);
    }

    /// <remarks>The connection that failed is closed, and with it its transaction is over: nobody else could commit it.</remarks>
    public ValueTask Find(List<PendingWork> batch)
    {
        foreach (var append in batch.OfType<PendingAppend>())
        {
            if (connection!.Find(append.Entry) is { } found)
            {
                append.Answer(new AppendOutcome(AppendResult.Appended, found));
            }
            else if (connection.FindRequest(append.Entry) is { } earlier)
            {
                append.Answer(AppendOutcome.OfRequest(append.Entry, earlier));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask Close()
    {
        connection?.Dispose();
        connection = null;
        return ValueTask.CompletedTask;
    }

    /// <remarks>SQLite takes every entry that <see cref="EntryRules"/> takes.</remarks>
    public bool IsAboutTheContent(Exception fault) => false;

    public void CannotOpen(int works, Exception fault) => JournalLog.OutcomeUnknown(logger, works, options.Path, fault);

    public void BatchFailed(int works, int found, Exception fault) => JournalLog.BatchFailed(logger, works, found, options.Path, fault);

    public void OutcomeUnknown(int works, Exception fault) => JournalLog.OutcomeUnknown(logger, works, options.Path, fault);

    public ValueTask DisposeAsync() => Close();

    private static void Apply(WriterConnection connection, PendingWork work)
    {
        switch (work)
        {
            case PendingAppend append:
                try
                {
                    append.Answer(connection.Append(append.Entry));
                }
                catch (ArgumentException fault)
                {
                    append.Refuse(fault);
                }

                break;
            case IPendingChange change:
                change.Apply(connection);
                break;
            default:
                throw new UnreachableException($"{work.GetType()} is no work for SQLite.");
        }
    }
}
