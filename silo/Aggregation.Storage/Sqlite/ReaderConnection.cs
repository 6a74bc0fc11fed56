using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite.Native;

namespace Aggregation.Storage.Sqlite;

/// <summary>A connection that only reads, with its statements. Used by one reader at a time.</summary>
internal sealed class ReaderConnection : IDisposable
{
    private readonly Database database;
    private readonly Statement begin;
    private readonly Statement end;
    private readonly Statement latest;
    private readonly Statement digests;
    private readonly Statement stream;
    private readonly Statement streams;
    private readonly Statement position;
    private readonly Statement request;
    private readonly Statement count;
    private readonly Statement forms;
    private readonly Statement periods;
    private readonly Statement head;
    private readonly Statement heads;
    private readonly Statement recent;
    private PersonalRows? personal;

    public ReaderConnection(SqliteJournalOptions options)
    {
        database = Database.Open(options.Path, readOnly: true, options.BusyTimeout);
        try
        {
            // Every commit empties a reader's cache, at a cost that grows with its size. Mapping the file instead costs more: every
            // commit ends the mapping too, and each page is then a fault.
            database.Execute("PRAGMA cache_size = -2048");
            begin = database.Prepare("BEGIN");
            end = database.Prepare("COMMIT");
            latest = database.Prepare(
                $"SELECT {LatestColumns.All} FROM latest WHERE tenant = ?1 AND form = ?2 AND period = ?3 AND unit = ?4");
            digests = database.Prepare(
                "SELECT unit, version, s0, s1, s2, s3, a0, a1, a2, a3 FROM latest WHERE tenant = ?1 AND form = ?2 AND period = ?3 ORDER BY unit");
            stream = database.Prepare(
                $"SELECT {EntryColumns.All} FROM entry WHERE tenant = ?1 AND stream = ?2 AND version > ?3 ORDER BY version");
            streams = database.Prepare(
                $"SELECT {EntryColumns.All} FROM entry WHERE tenant = ?1 AND (stream, version) > (?2, ?3) AND stream < ?4 AND position <= ?5 ORDER BY stream, version LIMIT ?6");
            position = database.Prepare("SELECT max(position) FROM entry");
            request = database.Prepare(
                $"SELECT {EntryColumns.All} FROM entry WHERE tenant = ?1 AND unit = ?2 AND request_id = ?3");
            count = database.Prepare("SELECT count(*) FROM entry WHERE tenant = ?1 AND position <= ?2");
            forms = database.Prepare(StreamOrder.Forms("?1"));
            periods = database.Prepare(StreamOrder.Periods("?1", "?2"));
            heads = database.Prepare(
                "SELECT stream, version, hash FROM entry WHERE position > ?2 AND position <= ?3 AND tenant = ?1 ORDER BY position");
            recent = database.Prepare(
                "SELECT DISTINCT tenant, stream FROM (SELECT tenant, stream FROM entry ORDER BY position DESC LIMIT ?1)");
            head = database.Prepare(
                """
                SELECT
                  ifnull((SELECT epoch FROM ledger_epoch WHERE tenant = ?1 AND form = ?2 AND period = ?3 AND unit = ?4), 0),
                  ifnull((SELECT version FROM latest WHERE tenant = ?1 AND form = ?2 AND period = ?3 AND unit = ?4), 0)
                """);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Personal data, on the same connection.</summary>
    public PersonalRows Personal => personal ??= new PersonalRows(database);

    /// <summary>
    /// Reads rows by their whole key, all in one snapshot. In an embedded database a prepared look-up per key costs
    /// no round trip and less than a list of keys that it would have to parse.
    /// </summary>
    public List<LatestRow> Latest(string tenant, string form, IReadOnlyCollection<string> periods, IReadOnlyCollection<string> units)
    {
        var rows = new List<LatestRow>(periods.Count * units.Count);
        var severalKeys = periods.Count * units.Count > 1;
        if (severalKeys)
        {
            begin.Run();
        }

        try
        {
            latest.Bind(1, tenant).Bind(2, form);
            foreach (var period in periods)
            {
                latest.Bind(3, period);
                foreach (var unit in units)
                {
                    if (latest.Bind(4, unit).Step())
                    {
                        rows.Add(LatestColumns.Read(latest));
                    }

                    latest.Reset();
                }
            }

            return rows;
        }
        finally
        {
            latest.Reset();
            if (severalKeys)
            {
                end.Run();
            }
        }
    }

    /// <summary>Looks each ledger up by its whole key, for the reason that <see cref="Latest"/> does.</summary>
    public List<LedgerHead> Superseded(IReadOnlyCollection<LedgerHead> held, CancellationToken cancellation)
    {
        var later = new List<LedgerHead>();
        begin.Run();
        try
        {
            foreach (var (ledger, epoch, version) in held)
            {
                cancellation.ThrowIfCancellationRequested();
                head.Bind(1, ledger.Tenant).Bind(2, ledger.Form).Bind(3, ledger.Period).Bind(4, ledger.Unit).Step();
                var known = new LedgerHead(ledger, head.Long(0), head.Long(1));
                head.Reset();
                if (known.Epoch > epoch || known.Version > version)
                {
                    later.Add(known);
                }
            }

            return later;
        }
        finally
        {
            head.Reset();
            end.Run();
        }
    }

    public List<LatestDigest> Digests(string tenant, string form, string period, CancellationToken cancellation)
    {
        try
        {
            var rows = new List<LatestDigest>();
            digests.Bind(1, tenant).Bind(2, form).Bind(3, period);
            while (digests.Step())
            {
                cancellation.ThrowIfCancellationRequested();
                rows.Add(new LatestDigest(digests.Text(0), digests.Long(1), DigestLimbs.Read(digests, 2), DigestLimbs.Read(digests, 6)));
            }

            return rows;
        }
        finally
        {
            digests.Reset();
        }
    }

    public List<StoredEntry> Stream(string tenant, string name, long after, CancellationToken cancellation)
    {
        try
        {
            var entries = new List<StoredEntry>();
            stream.Bind(1, tenant).Bind(2, name).Bind(3, after);
            while (stream.Step())
            {
                cancellation.ThrowIfCancellationRequested();
                entries.Add(EntryColumns.Read(stream));
            }

            return entries;
        }
        finally
        {
            stream.Reset();
        }
    }

    /// <summary>The next entries, in order, after one of a stream and before the stream named <paramref name="end"/>.</summary>
    public List<StoredEntry> Streams(
        string tenant, (string Stream, long Version) after, string end, long through, int most, CancellationToken cancellation)
    {
        try
        {
            var entries = new List<StoredEntry>();
            streams.Bind(1, tenant).Bind(2, after.Stream).Bind(3, after.Version).Bind(4, end).Bind(5, through).Bind(6, most);
            while (streams.Step())
            {
                cancellation.ThrowIfCancellationRequested();
                entries.Add(EntryColumns.Read(streams));
            }

            return entries;
        }
        finally
        {
            streams.Reset();
        }
    }

    public long Position()
    {
        try
        {
            return position.Step() ? position.Long(0) : 0;
        }
        finally
        {
            position.Reset();
        }
    }

    public long Count(string tenant, long through)
    {
        try
        {
            return count.Bind(1, tenant).Bind(2, through).Step() ? count.Long(0) : 0;
        }
        finally
        {
            count.Reset();
        }
    }

    public List<string> Forms(string tenant)
    {
        forms.Bind(1, tenant);
        return Texts(forms);
    }

    public List<string> Periods(string tenant, string form)
    {
        periods.Bind(1, tenant);
        periods.Bind(2, form);
        return Texts(periods);
    }

    public List<StreamHead> Heads(string tenant, long after, long through, CancellationToken cancellation)
    {
        try
        {
            var last = new Dictionary<string, StreamHead>(StringComparer.Ordinal);
            heads.Bind(1, tenant).Bind(2, after).Bind(3, through);
            while (heads.Step())
            {
                cancellation.ThrowIfCancellationRequested();
                var name = heads.Text(0);
                last[name] = new StreamHead(name, heads.Long(1), heads.Blob(2));
            }

            return [.. last.Values];
        }
        finally
        {
            heads.Reset();
        }
    }

    public List<StreamName> RecentStreams(int most, CancellationToken cancellation)
    {
        try
        {
            var streams = new List<StreamName>();
            recent.Bind(1, most);
            while (recent.Step())
            {
                cancellation.ThrowIfCancellationRequested();
                streams.Add(new StreamName(recent.Text(0), recent.Text(1)));
            }

            return streams;
        }
        finally
        {
            recent.Reset();
        }
    }

    public StoredEntry? Request(string tenant, string unit, string requestId)
    {
        try
        {
            return request.Bind(1, tenant).Bind(2, unit).Bind(3, requestId).Step() ? EntryColumns.Read(request) : null;
        }
        finally
        {
            request.Reset();
        }
    }

    public void Dispose() => database.Dispose();

    private static List<string> Texts(Statement statement)
    {
        try
        {
            var found = new List<string>();
            while (statement.Step())
            {
                found.Add(statement.Text(0));
            }

            return found;
        }
        finally
        {
            statement.Reset();
        }
    }
}
