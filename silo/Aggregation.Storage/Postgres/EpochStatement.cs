using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>Takes as many epochs as are asked for, in order, and records their holders.</summary>
internal static class EpochStatement
{
    private const string Text =
        """
        WITH taken AS (
          UPDATE epoch SET value = value + cardinality($1::text[]) WHERE id = 1 RETURNING value - cardinality($1::text[]) AS before
        ),
        held AS (
          INSERT INTO ledger_epoch (tenant, form, period, unit, epoch)
          SELECT p.tenant, p.form, p.period, p.unit, max(taken.before + p.ordinal)
          FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS p(tenant, form, period, unit, ordinal)
          CROSS JOIN taken
          GROUP BY p.tenant, p.form, p.period, p.unit
          ON CONFLICT (tenant, form, period, unit) DO UPDATE SET epoch = excluded.epoch
        )
        SELECT before FROM taken
        """;

    /// <summary>Its row is the epoch before the first of these.</summary>
    public static NpgsqlBatchCommand For(IReadOnlyList<PendingEpoch> epochs)
    {
        var command = new NpgsqlBatchCommand(Text);
        Add(epoch => epoch.Ledger.Tenant);
        Add(epoch => epoch.Ledger.Form);
        Add(epoch => epoch.Ledger.Period);
        Add(epoch => epoch.Ledger.Unit);
        return command;

        void Add(Func<PendingEpoch, string> column) =>
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. epochs.Select(column)] });
    }
}
