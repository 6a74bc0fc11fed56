using Aggregation.Storage.Journal;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>Entries and what ledgers count, read from rows.</summary>
internal static class EntryRows
{
    public const string Entry =
        "e.position, e.tenant, e.stream, e.version, e.kind, e.at, e.actor, e.unit, e.request_id, e.request_hash, e.payload, e.previous_hash, e.hash, e.origin";

    public const string Latest = "form, period, unit, version, hash, state, s0, s1, s2, s3, a0, a1, a2, a3";

    /// <param name="row">A row with the columns <see cref="Entry"/>.</param>
    /// <param name="first">Where they begin.</param>
    public static StoredEntry ReadEntry(NpgsqlDataReader row, int first = 0) => new()
    {
        Position = row.GetInt64(first),
        Tenant = row.GetString(first + 1),
        Stream = row.GetString(first + 2),
        Version = row.GetInt64(first + 3),
        Kind = row.GetString(first + 4),
        At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 5)),
        Actor = row.GetString(first + 6),
        Unit = row.GetString(first + 7),
        RequestId = row.IsDBNull(first + 8) ? null : row.GetString(first + 8),
        RequestHash = row.GetFieldValue<byte[]>(first + 9),
        Payload = row.GetFieldValue<byte[]>(first + 10),
        PreviousHash = row.GetFieldValue<byte[]>(first + 11),
        Hash = row.GetFieldValue<byte[]>(first + 12),
        Origin = row.GetInt64(first + 13),
    };

    public static LatestRow ReadLatest(NpgsqlDataReader row) => new()
    {
        Form = row.GetString(0),
        Period = row.GetString(1),
        Unit = row.GetString(2),
        Version = row.GetInt64(3),
        Hash = row.GetFieldValue<byte[]>(4),
        State = row.GetFieldValue<byte[]>(5),
        SubmittedDigest = ReadDigest(row, 6),
        AcceptedDigest = ReadDigest(row, 10),
    };

    /// <summary>A 128-bit digest from four columns of 32 bits, lowest first.</summary>
    public static UInt128 ReadDigest(NpgsqlDataReader row, int first) =>
        (UInt128)(uint)row.GetInt64(first)
        | ((UInt128)(uint)row.GetInt64(first + 1) << 32)
        | ((UInt128)(uint)row.GetInt64(first + 2) << 64)
        | ((UInt128)(uint)row.GetInt64(first + 3) << 96);
}
