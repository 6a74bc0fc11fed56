using System.Data;
using Aggregation.Storage.Journal;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>The session that writes. Used by one caller at a time; of no use after a failure.</summary>
internal sealed class WriterSession : IAsyncDisposable
{
    private const string LockAppends = $"SELECT pg_advisory_xact_lock({AdvisoryLocks.Append})";

    /// <summary>A server may be set to acknowledge before it has written; a journal may not.</summary>
    private const string WaitForDisk =
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

    /// <summary>A host that stops does not wait for a server that is gone.</summary>
    private const int ReturnSeconds = 5;

    private readonly NpgsqlConnection connection;

    private WriterSession(NpgsqlConnection connection, SessionIdentity identity)
    {
        this.connection = connection;
        Identity = identity;
    }

    public SessionIdentity Identity { get; }

    /// <param name="connections">Where to connect.</param>
    /// <param name="previous">This host's session before, which failed: the server may not know yet, and is told.</param>
    /// <param name="lease">Whether to take the database for this host alone.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="JournalInUseException">Another host has the lease.</exception>
    public static async Task<WriterSession> Open(
        PostgresConnections connections, SessionIdentity? previous, bool lease, CancellationToken cancellation)
    {
        var connection = await connections.OpenWriter(cancellation);
        try
        {
            if (previous is { } session)
            {
                await session.End(connection, cancellation);
            }

            await using (var settings = new NpgsqlCommand(WaitForDisk, connection))
            {
                await settings.ExecuteNonQueryAsync(cancellation);
            }

            if (lease)
            {
                await TakeLease(connection, connections.Name, cancellation);
            }

            return new WriterSession(connection, await SessionIdentity.Of(connection, cancellation));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="IBatchWriter.Write"/>
    /// <remarks>One round trip. Appends that something is in the way of stay without an answer.</remarks>
    public async Task Write(List<PendingWork> works)
    {
        // Statements sent together are one transaction, which commits behind the last.
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockAppends));
        var waves = AppendWaves.Of(Appends(works));
        foreach (var wave in waves)
        {
            batch.BatchCommands.Add(AppendStatement.For(wave));
        }

        List<PendingEpoch> epochs = [.. works.OfType<PendingEpoch>()];
        if (epochs.Count > 0)
        {
            batch.BatchCommands.Add(EpochStatement.For(epochs));
        }

        await using var reader = await batch.ExecuteReaderAsync();
        foreach (var wave in waves)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                var append = wave[(int)reader.GetInt64(0)];
                append.Answer(new AppendOutcome(AppendResult.Appended, append.Entry.Stored(reader.GetInt64(1))));
            }
        }

        if (epochs.Count > 0)
        {
            await reader.NextResultAsync();
            await reader.ReadAsync();
            var last = reader.GetInt64(0);
            epochs.ForEach(epoch => epoch.Answer(++last));
        }

        // The answer to the commit comes behind the last result.
        await reader.NextResultAsync();
    }

    /// <inheritdoc cref="IBatchWriter.Explain"/>
    public async Task Explain(List<PendingWork> refused)
    {
        var appends = Appends(refused);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(EntryLookup.Request(appends));
        batch.BatchCommands.Add(EntryLookup.Head(appends));
        await using var reader = await batch.ExecuteReaderAsync();
        var requests = await EntryLookup.Read(reader, appends.Count);
        await reader.NextResultAsync();
        var heads = await EntryLookup.Read(reader, appends.Count);
        for (var i = 0; i < appends.Count; i++)
        {
            if (requests[i] is { } earlier)
            {
                appends[i].Answer(AppendOutcome.OfRequest(appends[i].Entry, earlier));
            }
            else if (heads[i] is { } head)
            {
                appends[i].Answer(new AppendOutcome(AppendResult.VersionTaken, head));
            }
            else
            {
                appends[i].Refuse(EntryRules.FollowsNothing(appends[i].Entry));
            }
        }
    }

    /// <inheritdoc cref="IBatchWriter.Find"/>
    public async Task Find(List<PendingWork> works)
    {
        var appends = Appends(works);
        await using var batch = new NpgsqlBatch(connection);

        // Whoever still commits holds this lock; its outcome is waited for.
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockAppends));
        batch.BatchCommands.Add(EntryLookup.Same(appends));
        batch.BatchCommands.Add(EntryLookup.Request(appends));
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var same = await EntryLookup.Read(reader, appends.Count);
        await reader.NextResultAsync();
        var requests = await EntryLookup.Read(reader, appends.Count);
        for (var i = 0; i < appends.Count; i++)
        {
            if (same[i] is { } found)
            {
                appends[i].Answer(new AppendOutcome(AppendResult.Appended, found));
            }
            else if (requests[i] is { } earlier)
            {
                appends[i].Answer(AppendOutcome.OfRequest(appends[i].Entry, earlier));
            }
        }
    }

    /// <summary>
    /// Gives the lease back at once; the server would do so when it notices that the session is over, and who opens the journal
    /// before that is refused. Left to the server if it does not answer.
    /// </summary>
    public async Task ReturnLease()
    {
        if (connection.State != ConnectionState.Open)
        {
            return;
        }

        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection) { CommandTimeout = ReturnSeconds };
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // The session ends next, and the lease with it.
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static List<PendingAppend> Appends(List<PendingWork> works) => [.. works.OfType<PendingAppend>()];

    private static async Task TakeLease(NpgsqlConnection connection, string name, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({AdvisoryLocks.Lease})", connection);
        if (await command.ExecuteScalarAsync(cancellation) is not true)
        {
            throw new JournalInUseException(
                $"The journal '{name}' (option Journal:ConnectionString) is in use by another host. Stop that host or choose another "
                + "database; Journal:AllowSecondHost is for the silos of one cluster and for tests.");
        }
    }
}
