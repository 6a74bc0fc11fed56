using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>What the roles that hosts connect as may do, given anew with each migration.</summary>
internal static class RoleRights
{
    /// <summary>
    /// By default a silo reads a table and adds rows to it; what it may change is named. The journal's entries are not: they are added and
    /// never changed. What may be erased, of persons, may be.
    /// </summary>
    private const string SiloStatements =
        """
        DO $grant$
        DECLARE
          role text := current_setting('aggregation.role');
          place text := current_schema();
        BEGIN
          EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', place, role);
          EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', place, role);
          EXECUTE format('GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA %I TO %I', place, role);
          EXECUTE format('REVOKE INSERT ON schema_version, OrleansQuery, epoch FROM %I', role);
          EXECUTE format('GRANT UPDATE ON latest, epoch, ledger_epoch TO %I', role);
          EXECUTE format('GRANT UPDATE, DELETE ON person, origin, OrleansStorage, OrleansMembershipTable, OrleansMembershipVersionTable TO %I', role);
        END
        $grant$
        """;

    /// <summary>A gateway of its own process looks up where the silos are, and sees nothing else.</summary>
    private const string GatewayStatements =
        """
        DO $grant$
        DECLARE
          role text := current_setting('aggregation.role');
          place text := current_schema();
        BEGIN
          EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', place, role);
          EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', place, role);
          EXECUTE format('GRANT SELECT ON OrleansQuery, OrleansMembershipTable, OrleansMembershipVersionTable TO %I', role);
        END
        $grant$
        """;

    /// <exception cref="InvalidOperationException">There is no such role, or it may not be given rights by this one.</exception>
    public static Task GrantSilo(NpgsqlConnection connection, string role, CancellationToken cancellation) =>
        Grant(connection, "silo", SiloStatements, role, cancellation);

    /// <inheritdoc cref="GrantSilo"/>
    public static Task GrantGateway(NpgsqlConnection connection, string role, CancellationToken cancellation) =>
        Grant(connection, "gateway", GatewayStatements, role, cancellation);

    private static async Task Grant(
        NpgsqlConnection connection, string host, string statements, string role, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var name = new NpgsqlCommand("SELECT set_config('aggregation.role', $1, true)", connection);
            name.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
            await name.ExecuteNonQueryAsync(cancellation);
#pragma warning disable CA2100 // One of the constants above.
            await using var grant = new NpgsqlCommand(statements, connection);
#pragma warning restore CA2100
            await grant.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException fault)
            when (fault.SqlState is PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new InvalidOperationException(
                $"The {host}'s role '{role}' cannot be given its rights: {fault.MessageText}. It must exist, and the tables must be the connecting role's.",
                fault);
        }
    }
}
