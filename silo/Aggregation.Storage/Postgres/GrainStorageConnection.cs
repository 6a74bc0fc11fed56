using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>How Orleans' providers reach the journal's database.</summary>
public static class GrainStorageConnection
{
    /// <summary>The name by which ADO.NET knows the driver.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>The same database, by a pool of its own; of several hosts the primary.</summary>
    /// <param name="connectionString">Of the journal; valid.</param>
    public static string From(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "aggregation orleans" };
        if (text.Host!.Contains(',', StringComparison.Ordinal))
        {
            text.TargetSessionAttributes = "primary";
            text.HostRecheckSeconds = 0;
        }

        return text.ConnectionString;
    }
}
