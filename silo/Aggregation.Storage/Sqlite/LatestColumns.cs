using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite.Native;

namespace Aggregation.Storage.Sqlite;

/// <summary>What ledgers count now, as rows.</summary>
internal static class LatestColumns
{
    public const string All = "form, period, unit, version, hash, state, s0, s1, s2, s3, a0, a1, a2, a3";

    public const string Upsert =
        """
        INSERT INTO latest (tenant, form, period, unit, version, hash, state, s0, s1, s2, s3, a0, a1, a2, a3)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        ON CONFLICT (tenant, form, period, unit) DO UPDATE SET
          version = excluded.version, hash = excluded.hash, state = excluded.state,
          s0 = excluded.s0, s1 = excluded.s1, s2 = excluded.s2, s3 = excluded.s3,
          a0 = excluded.a0, a1 = excluded.a1, a2 = excluded.a2, a3 = excluded.a3
        """;

    public static void Bind(Statement statement, string tenant, LatestRow row)
    {
        statement
            .Bind(1, tenant)
            .Bind(2, row.Form)
            .Bind(3, row.Period)
            .Bind(4, row.Unit)
            .Bind(5, row.Version)
            .Bind(6, row.Hash.Span)
            .Bind(7, row.State.Span);
        DigestLimbs.Bind(statement, 8, row.SubmittedDigest);
        DigestLimbs.Bind(statement, 12, row.AcceptedDigest);
    }

    public static LatestRow Read(Statement row) => new()
    {
        Form = row.Text(0),
        Period = row.Text(1),
        Unit = row.Text(2),
        Version = row.Long(3),
        Hash = row.Blob(4),
        State = row.Blob(5),
        SubmittedDigest = DigestLimbs.Read(row, 6),
        AcceptedDigest = DigestLimbs.Read(row, 10),
    };
}
