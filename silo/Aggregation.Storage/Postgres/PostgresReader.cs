using Aggregation.Storage.Journal;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>The journal's reads, each one statement on a connection of the pool.</summary>
internal sealed class PostgresReader(PostgresConnections connections)
{
    private const string LatestStatement =
        $"SELECT {EntryRows.Latest} FROM latest WHERE tenant = $1 AND form = $2 AND period = ANY ($3) AND unit = ANY ($4)";

    private const string DigestsStatement =
        "SELECT unit, version, s0, s1, s2, s3, a0, a1, a2, a3 FROM latest WHERE tenant = $1 AND form = $2 AND period = $3 ORDER BY unit";

    private const string StreamStatement =
        $"SELECT {EntryRows.Entry} FROM entry e WHERE e.tenant = $1 AND e.stream = $2 AND e.version > $3 ORDER BY e.version";

    private const string RequestStatement =
        $"SELECT {EntryRows.Entry} FROM entry e WHERE e.tenant = $1 AND e.unit = $2 AND e.request_id = $3";

    public Task<List<LatestRow>> Latest(
        string tenant, string form, IEnumerable<string> periods, IEnumerable<string> units, CancellationToken cancellation) =>
        Read(LatestStatement, EntryRows.ReadLatest, cancellation, Of(tenant), Of(form), Of(periods.ToArray()), Of(units.ToArray()));

    public Task<List<LatestDigest>> Digests(string tenant, string form, string period, CancellationToken cancellation) => Read(
        DigestsStatement,
        static row => new LatestDigest(row.GetString(0), row.GetInt64(1), EntryRows.ReadDigest(row, 2), EntryRows.ReadDigest(row, 6)),
        cancellation,
        Of(tenant),
        Of(form),
        Of(period));

    public Task<List<StoredEntry>> Stream(string tenant, string stream, long after, CancellationToken cancellation) =>
        Read(StreamStatement, ReadEntry, cancellation, Of(tenant), Of(stream), Of(after));

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
            throw PostgresFaults.Unavailable($"The journal '{connections.Name}' cannot be read.", fault);
        }
    }
}
