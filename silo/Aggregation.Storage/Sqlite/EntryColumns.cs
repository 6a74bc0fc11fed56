using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite.Native;

namespace Aggregation.Storage.Sqlite;

/// <summary>Entries as rows.</summary>
internal static class EntryColumns
{
    public const string All =
        "position, tenant, stream, version, kind, at, actor, unit, request_id, request_hash, payload, previous_hash, hash, origin";

    public const string Insert =
        """
        INSERT INTO entry (tenant, stream, version, kind, at, actor, unit, request_id, request_hash, payload, previous_hash, hash, origin)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING
        """;

    public static void Bind(Statement statement, NewEntry entry) => statement
        .Bind(1, entry.Tenant)
        .Bind(2, entry.Stream)
        .Bind(3, entry.Version)
        .Bind(4, entry.Kind)
        .Bind(5, entry.At.ToUnixTimeMilliseconds())
        .Bind(6, entry.Actor)
        .Bind(7, entry.Unit)
        .Bind(8, entry.RequestId)
        .Bind(9, entry.RequestHash.Span)
        .Bind(10, entry.Payload.Span)
        .Bind(11, entry.PreviousHash.Span)
        .Bind(12, entry.Hash.Span)
        .Bind(13, entry.Origin);

    public static StoredEntry Read(Statement row) => new()
    {
        Position = row.Long(0),
        Tenant = row.Text(1),
        Stream = row.Text(2),
        Version = row.Long(3),
        Kind = row.Text(4),
        At = DateTimeOffset.FromUnixTimeMilliseconds(row.Long(5)),
        Actor = row.Text(6),
        Unit = row.Text(7),
        RequestId = row.IsNull(8) ? null : row.Text(8),
        RequestHash = row.Blob(9),
        Payload = row.Blob(10),
        PreviousHash = row.Blob(11),
        Hash = row.Blob(12),
        Origin = row.Long(13),
    };
}
