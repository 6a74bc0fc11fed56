using Aggregation.Storage.Journal;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>The database's schema, changed by command and by the role that owns it, while silos run as another.</summary>
public static class PostgresSchema
{
    /// <summary>
    /// Brings the database to the schema that this program knows; and gives roles the rights that their hosts need and no more.
    /// May be run again, and by several at once.
    /// </summary>
    /// <param name="connectionString">Connects as the owner of the database.</param>
    /// <param name="siloRole">The role that silos connect as, which exists; null for none.</param>
    /// <param name="gatewayRole">The role with which gateways of their own process look silos up, which exists; null for none.</param>
    /// <param name="time">When it was done.</param>
    /// <param name="cancellation">Gives up; nothing is half done.</param>
    /// <returns>The schema found, and the schema now.</returns>
    /// <exception cref="FormatException">The connection string is not understood; tells the rule and nothing of its text.</exception>
    /// <exception cref="InvalidOperationException">The schema is newer than this program, the role lacks the right, or a role named does not exist.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be reached.</exception>
    public static async Task<(int From, int To)> MigrateAsync(
        string connectionString, string? siloRole, string? gatewayRole, TimeProvider time, CancellationToken cancellation)
    {
        var options = new PostgresJournalOptions { ConnectionString = connectionString };
        if (new PostgresJournalOptionsValidator().Validate(null, options) is { Failed: true } invalid)
        {
            throw new FormatException(invalid.FailureMessage);
        }

        await using var connections = new PostgresConnections(options);
        try
        {
            await using var connection = await connections.OpenWriter(cancellation);
            var found = await PostgresMigrations.Apply(connection, connections.Name, time, cancellation);
            if (siloRole is not null)
            {
                await RoleRights.GrantSilo(connection, siloRole, cancellation);
            }

            if (gatewayRole is not null)
            {
                await RoleRights.GrantGateway(connection, gatewayRole, cancellation);
            }

            return (found, PostgresMigrations.Latest);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw PostgresFaults.Unavailable($"The database '{connections.Name}' cannot be migrated.", fault);
        }
    }
}
