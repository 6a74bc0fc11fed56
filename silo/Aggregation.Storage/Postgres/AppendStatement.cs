using Aggregation.Storage.Journal;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>
/// One wave of appends as one statement: each entry goes in if it follows the entry before it in its stream and no other
/// has its version or request; with it goes what its ledger counts now. A conflict leaves out its own entry alone.
/// Columns travel as arrays: one prepared statement for any number of entries, in the same message as the commit.
/// </summary>
internal static class AppendStatement
{
    private const string Text =
        """
        WITH pending AS MATERIALIZED (
          SELECT * FROM unnest(
            $1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[],
            $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[],
            $13::text[], $14::text[], $15::text[], $16::bytea[],
            $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[],
            $21::bigint[], $22::bigint[], $23::bigint[], $24::bigint[], $25::bigint[])
          WITH ORDINALITY AS p(
            tenant, stream, version, kind, at, actor, unit, request_id,
            request_hash, payload, previous_hash, hash,
            form, period, ledger_unit, state, s0, s1, s2, s3, a0, a1, a2, a3, origin, ordinal)
        ),
        added AS (
          INSERT INTO entry (tenant, stream, version, kind, at, actor, unit, request_id, request_hash, payload, previous_hash, hash, origin)
          SELECT tenant, stream, version, kind, at, actor, unit, request_id, request_hash, payload, previous_hash, hash, origin
          FROM pending p
          WHERE p.version = 1 OR p.previous_hash = (
            SELECT e.hash FROM entry e WHERE e.tenant = p.tenant AND e.stream = p.stream AND e.version = p.version - 1)
          ORDER BY p.ordinal
          ON CONFLICT DO NOTHING
          RETURNING position, hash
        ),
        settled AS (
          SELECT p.*, a.position FROM added a JOIN pending p ON p.hash = a.hash
        ),
        counted AS (
          INSERT INTO latest (tenant, form, period, unit, version, hash, state, s0, s1, s2, s3, a0, a1, a2, a3)
          SELECT tenant, form, period, ledger_unit, version, hash, state, s0, s1, s2, s3, a0, a1, a2, a3
          FROM settled
          WHERE form IS NOT NULL
          ON CONFLICT (tenant, form, period, unit) DO UPDATE SET
            version = excluded.version, hash = excluded.hash, state = excluded.state,
            s0 = excluded.s0, s1 = excluded.s1, s2 = excluded.s2, s3 = excluded.s3,
            a0 = excluded.a0, a1 = excluded.a1, a2 = excluded.a2, a3 = excluded.a3
        )
        SELECT ordinal - 1, position FROM settled
        """;

    /// <summary>Its rows are (index in <paramref name="wave"/>, position) of the entries that went in.</summary>
    public static NpgsqlBatchCommand For(IReadOnlyList<PendingAppend> wave)
    {
        var command = new NpgsqlBatchCommand(Text);
        Add(entry => entry.Tenant);
        Add(entry => entry.Stream);
        Add(entry => entry.Version);
        Add(entry => entry.Kind);
        Add(entry => entry.At.ToUnixTimeMilliseconds());
        Add(entry => entry.Actor);
        Add(entry => entry.Unit);
        Add(entry => entry.RequestId);
        Add(entry => entry.RequestHash);
        Add(entry => entry.Payload);
        Add(entry => entry.PreviousHash);
        Add(entry => entry.Hash);
        Add(entry => entry.Latest?.Form);
        Add(entry => entry.Latest?.Period);
        Add(entry => entry.Latest?.Unit);
        Add(entry => entry.Latest?.State ?? default);
        for (var limb = 0; limb < 4; limb++)
        {
            var shift = 32 * limb;
            Add(entry => (long)(uint)((entry.Latest?.SubmittedDigest ?? default) >> shift));
        }

        for (var limb = 0; limb < 4; limb++)
        {
            var shift = 32 * limb;
            Add(entry => (long)(uint)((entry.Latest?.AcceptedDigest ?? default) >> shift));
        }

        Add(entry => entry.Origin);
        return command;

        void Add<T>(Func<NewEntry, T> column)
        {
            var values = new T[wave.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = column(wave[i].Entry);
            }

            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
        }
    }
}
