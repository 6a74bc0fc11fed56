using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>The journal's reads, each one statement on a connection of the pool.</summary>
internal sealed class PostgresReader(PostgresConnections connections, ILogger logger)
{
    /// <summary>
    /// Row by row, by the whole key. Given sets of periods and units, a plan made before the table's first statistics looks
    /// up tenant and form alone and filters all their rows, at every read.
    /// </summary>
    private const string LatestStatement =
        $"""
        SELECT {EntryRows.Latest} FROM unnest($3::text[]) AS p(asked_period) CROSS JOIN unnest($4::text[]) AS u(asked_unit) CROSS JOIN LATERAL (
          SELECT * FROM latest WHERE tenant = $1 AND form = $2 AND period = asked_period AND unit = asked_unit LIMIT 1) latest
        WHERE version > 0
        """;

    private const string DigestsStatement =
        "SELECT unit, version, s0, s1, s2, s3, a0, a1, a2, a3 FROM latest WHERE tenant = $1 AND form = $2 AND period = $3 AND version > 0 ORDER BY unit";

    private const string StreamStatement =
        $"SELECT {EntryRows.Entry} FROM entry e WHERE e.tenant = $1 AND e.stream = $2 AND e.version > $3 ORDER BY e.version";

    private const string StreamsStatement =
        $"""
        SELECT {EntryRows.Entry} FROM entry e
        WHERE e.tenant = $1 AND (e.stream, e.version) > ($2, $3) AND e.stream < $4 AND e.position <= $5
        ORDER BY e.stream, e.version LIMIT $6
        """;

    private static readonly string FormsStatement = StreamOrder.Forms("$1");

    private static readonly string PeriodsStatement = StreamOrder.Periods("$1", "$2");

    private const string RequestStatement =
        $"SELECT {EntryRows.Entry} FROM entry e WHERE e.tenant = $1 AND e.unit = $2 AND e.request_id = $3";

    private const string HeadsStatement =
        """
        SELECT DISTINCT ON (stream) stream, version, hash FROM entry
        WHERE tenant = $1 AND position > $2 AND position <= $3 ORDER BY stream, version DESC
        """;

    private const string RecentStatement =
        "SELECT DISTINCT tenant, stream FROM (SELECT tenant, stream FROM entry ORDER BY position DESC LIMIT $1) AS recent";

    private const string SupersededStatement =
        """
        SELECT tenant, form, period, unit, known_epoch, known_version FROM (
          SELECT
            p.*,
            coalesce((SELECT e.epoch FROM ledger_epoch e
              WHERE e.tenant = p.tenant AND e.form = p.form AND e.period = p.period AND e.unit = p.unit), 0) AS known_epoch,
            coalesce((SELECT l.version FROM latest l
              WHERE l.tenant = p.tenant AND l.form = p.form AND l.period = p.period AND l.unit = p.unit), 0) AS known_version
          FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])
            AS p(tenant, form, period, unit, epoch, version)) AS ledger
        WHERE known_epoch > epoch OR known_version > version
        """;

    public Task<List<LatestRow>> Latest(
        string tenant, string form, IEnumerable<string> periods, IEnumerable<string> units, CancellationToken cancellation) =>
        Read(LatestStatement, EntryRows.ReadLatest, cancellation, Of(tenant), Of(form), Of(periods.Distinct().ToArray()), Of(units.Distinct().ToArray()));

    public Task<List<LatestDigest>> Digests(string tenant, string form, string period, CancellationToken cancellation) => Read(
        DigestsStatement,
        static row => new LatestDigest(row.GetString(0), row.GetInt64(1), EntryRows.ReadDigest(row, 2), EntryRows.ReadDigest(row, 6)),
        cancellation,
        Of(tenant),
        Of(form),
        Of(period));

    public Task<List<StoredEntry>> Stream(string tenant, string stream, long after, CancellationToken cancellation) =>
        Read(StreamStatement, ReadEntry, cancellation, Of(tenant), Of(stream), Of(after));

    /// <summary>The next entries, in order, after one of a stream and before the stream named <paramref name="end"/>.</summary>
    public Task<List<StoredEntry>> Streams(
        string tenant, (string Stream, long Version) after, string end, long through, int most, CancellationToken cancellation) =>
        Read(
            StreamsStatement,
            ReadEntry,
            cancellation,
            Of(tenant),
            Of(after.Stream),
            Of(after.Version),
            Of(end),
            Of(through),
            Of(most));

    public async Task<long> Position(CancellationToken cancellation) =>
        (await Read("SELECT coalesce(max(position), 0) FROM entry", static row => row.GetInt64(0), cancellation))[0];

    public async Task<long> Count(string tenant, long through, CancellationToken cancellation) => (await Read(
        "SELECT count(*) FROM entry WHERE tenant = $1 AND position <= $2", static row => row.GetInt64(0), cancellation, Of(tenant), Of(through)))[0];

    public Task<List<string>> Forms(string tenant, CancellationToken cancellation) =>
        Read(FormsStatement, static row => row.GetString(0), cancellation, Of(tenant));

    public Task<List<string>> Periods(string tenant, string form, CancellationToken cancellation) =>
        Read(PeriodsStatement, static row => row.GetString(0), cancellation, Of(tenant), Of(form));

    public Task<List<LedgerHead>> Superseded(IReadOnlyCollection<LedgerHead> held, CancellationToken cancellation) => Read(
        SupersededStatement,
        static row => new LedgerHead(
            new LedgerName(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)), row.GetInt64(4), row.GetInt64(5)),
        cancellation,
        Of(held.Select(head => head.Ledger.Tenant).ToArray()),
        Of(held.Select(head => head.Ledger.Form).ToArray()),
        Of(held.Select(head => head.Ledger.Period).ToArray()),
        Of(held.Select(head => head.Ledger.Unit).ToArray()),
        Of(held.Select(head => head.Epoch).ToArray()),
        Of(held.Select(head => head.Version).ToArray()));

    public Task<List<StreamHead>> Heads(string tenant, long after, long through, CancellationToken cancellation) => Read(
        HeadsStatement,
        static row => new StreamHead(row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
        cancellation,
        Of(tenant),
        Of(after),
        Of(through));

    public Task<List<StreamName>> RecentStreams(int most, CancellationToken cancellation) => Read(
        RecentStatement, static row => new StreamName(row.GetString(0), row.GetString(1)), cancellation, Of(most));

    public async Task<StoredEntry?> Request(string tenant, string unit, string requestId, CancellationToken cancellation) =>
        (await Read(RequestStatement, ReadEntry, cancellation, Of(tenant), Of(unit), Of(requestId))).FirstOrDefault();

    private static StoredEntry ReadEntry(NpgsqlDataReader row) => EntryRows.ReadEntry(row);

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private async Task<List<T>> Read<T>(
        string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await using var connection = await connections.OpenReader(cancellation);
#pragma warning disable CA2100 // One of the statements above.
            await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            PostgresLog.CannotRead(logger, connections.Name, fault);
            throw Unavailability.OfReads(fault);
        }
    }
}
