using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite.Native;

namespace Aggregation.Storage.Sqlite;

/// <summary>The connection that writes, with its statements. Used by the writer's thread alone.</summary>
internal sealed class WriterConnection : IDisposable
{
    private readonly Database database;
    private readonly FreshPeriods fresh;
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement previousHash;
    private readonly Statement insert;
    private readonly Statement upsertLatest;
    private readonly Statement byRequest;
    private readonly Statement byVersion;
    private readonly Statement head;
    private readonly Statement nextEpoch;
    private readonly Statement holdEpoch;
    private readonly Statement deleteLatest;
    private readonly Statement anyLatest;
    private PersonalRows? personal;

    private WriterConnection(Database database, FreshPeriods fresh)
    {
        this.database = database;
        this.fresh = fresh;
        begin = database.Prepare("BEGIN IMMEDIATE");
        commit = database.Prepare("COMMIT");
        previousHash = database.Prepare("SELECT hash FROM entry WHERE tenant = ?1 AND stream = ?2 AND version = ?3");
        insert = database.Prepare(EntryColumns.Insert);
        upsertLatest = database.Prepare(LatestColumns.Upsert);
        byRequest = database.Prepare(
            $"SELECT {EntryColumns.All} FROM entry WHERE tenant = ?1 AND unit = ?2 AND request_id = ?3");
        byVersion = database.Prepare(
            $"SELECT {EntryColumns.All} FROM entry WHERE tenant = ?1 AND stream = ?2 AND version = ?3");
        head = database.Prepare(
            $"SELECT {EntryColumns.All} FROM entry WHERE tenant = ?1 AND stream = ?2 ORDER BY version DESC LIMIT 1");
        nextEpoch = database.Prepare("UPDATE epoch SET value = value + 1 WHERE id = 1 RETURNING value");
        deleteLatest = database.Prepare("DELETE FROM latest WHERE tenant = ?1 AND form = ?2 AND period = ?3 AND unit = ?4");
        anyLatest = database.Prepare("SELECT 1 FROM latest WHERE tenant = ?1 AND form = ?2 AND period = ?3 LIMIT 1");
        holdEpoch = database.Prepare(
            """
            INSERT INTO ledger_epoch (tenant, form, period, unit, epoch) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (tenant, form, period, unit) DO UPDATE SET epoch = excluded.epoch
            """);
    }

    /// <param name="fresh">Told of every row of <c>latest</c> before it is written.</param>
    public static WriterConnection Open(SqliteJournalOptions options, FreshPeriods fresh)
    {
        var database = Database.Open(options.Path, readOnly: false, options.BusyTimeout);
        try
        {
            database.Execute(
                $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = {-1024 * options.CacheMebibytes}; PRAGMA wal_autocheckpoint = {options.CheckpointPages}");
            return new WriterConnection(database, fresh);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Personal data, on the same connection.</summary>
    public PersonalRows Personal => personal ??= new PersonalRows(database);

    public void Begin() => begin.Run();

    public void Commit() => commit.Run();

    public long TakeEpoch(LedgerName ledger)
    {
        long epoch;
        try
        {
            nextEpoch.Step();
            epoch = nextEpoch.Long(0);
        }
        finally
        {
            nextEpoch.Reset();
        }

        holdEpoch.Bind(1, ledger.Tenant).Bind(2, ledger.Form).Bind(3, ledger.Period).Bind(4, ledger.Unit).Bind(5, epoch).Run();
        return epoch;
    }

    /// <summary>Applies one entry within the transaction, or finds what is in its way.</summary>
    /// <exception cref="ArgumentException">The entry follows nothing: its stream is empty and it is not the first.</exception>
    public AppendOutcome Append(NewEntry entry)
    {
        if (Follows(entry))
        {
            EntryColumns.Bind(insert, entry);
            insert.Run();
            if (database.Changes > 0)
            {
                var position = database.LastRowId;
                if (entry.Latest is { } latest)
                {
                    Put(entry.Tenant, latest);
                }

                return new AppendOutcome(AppendResult.Appended, entry.Stored(position));
            }
        }

        if (FindRequest(entry) is { } earlier)
        {
            return AppendOutcome.OfRequest(entry, earlier);
        }

        return One(head.Bind(1, entry.Tenant).Bind(2, entry.Stream)) is { } last
            ? new AppendOutcome(AppendResult.VersionTaken, last)
            : throw EntryRules.FollowsNothing(entry);
    }

    /// <inheritdoc cref="IJournal.RepairLatestAsync"/>
    public bool RepairLatest(LedgerName ledger, string stream, LatestRow? row)
    {
        var last = One(head.Bind(1, ledger.Tenant).Bind(2, stream));
        if (row is null && last is null)
        {
            deleteLatest.Bind(1, ledger.Tenant).Bind(2, ledger.Form).Bind(3, ledger.Period).Bind(4, ledger.Unit).Run();
            return true;
        }

        if (row is null || last is null || last.Version != row.Version || !last.Hash.Span.SequenceEqual(row.Hash.Span))
        {
            return false;
        }

        Put(ledger.Tenant, row);
        return true;
    }

    /// <summary>Finds out whether nobody has filed in a period, this transaction included.</summary>
    public void LookWhetherFresh(string tenant, string form, string period)
    {
        try
        {
            fresh.Answer(tenant, form, period, isEmpty: !anyLatest.Bind(1, tenant).Bind(2, form).Bind(3, period).Step());
        }
        finally
        {
            anyLatest.Reset();
        }
    }

    /// <summary>Whether exactly this entry is in the database.</summary>
    public StoredEntry? Find(NewEntry entry)
    {
        var found = One(byVersion.Bind(1, entry.Tenant).Bind(2, entry.Stream).Bind(3, entry.Version));
        return found is not null && found.Hash.Span.SequenceEqual(entry.Hash.Span) ? found : null;
    }

    public StoredEntry? FindRequest(NewEntry entry) => entry.RequestId is null
        ? null
        : One(byRequest.Bind(1, entry.Tenant).Bind(2, entry.Unit).Bind(3, entry.RequestId));

    public void Dispose() => database.Dispose();

    private void Put(string tenant, LatestRow row)
    {
        fresh.Writes(tenant, row);
        LatestColumns.Bind(upsertLatest, tenant, row);
        upsertLatest.Run();
    }

    private bool Follows(NewEntry entry)
    {
        if (entry.Version == 1)
        {
            return true;
        }

        try
        {
            return previousHash.Bind(1, entry.Tenant).Bind(2, entry.Stream).Bind(3, entry.Version - 1).Step()
                && previousHash.BlobEquals(0, entry.PreviousHash.Span);
        }
        finally
        {
            previousHash.Reset();
        }
    }

    private static StoredEntry? One(Statement statement)
    {
        try
        {
            return statement.Step() ? EntryColumns.Read(statement) : null;
        }
        finally
        {
            statement.Reset();
        }
    }
}
