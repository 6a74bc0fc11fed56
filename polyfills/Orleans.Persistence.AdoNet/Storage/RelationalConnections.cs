using System.Data.Common;
using System.Reflection;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Opens connections to the database of a storage.</summary>
internal sealed class RelationalConnections
{
    private const string NpgsqlInvariant = "Npgsql";

    private readonly DbDataSource _source;
    private readonly bool _owned;

    public RelationalConnections(AdoNetGrainStorageOptions options)
    {
        _owned = options.DataSource is null;
        _source = options.DataSource ?? FindFactory(options.Invariant).CreateDataSource(options.ConnectionString!);
    }

    public ValueTask<DbConnection> Open(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    /// <summary>Closes the pool, unless the application owns it.</summary>
    public ValueTask Close() => _owned ? _source.DisposeAsync() : ValueTask.CompletedTask;

    private static DbProviderFactory FindFactory(string invariant)
    {
        if (DbProviderFactories.TryGetFactory(invariant, out var registered)) return registered;
        if (invariant != NpgsqlInvariant)
        {
            throw new OrleansConfigurationException(
                $"The ADO.NET provider '{invariant}' is not registered with {nameof(DbProviderFactories)}; only '{NpgsqlInvariant}' is known without.");
        }

        // The application brings the driver; it is found by name so that this package need not depend on one.
        return Type.GetType("Npgsql.NpgsqlFactory, Npgsql")
            ?.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as DbProviderFactory
            ?? throw new OrleansConfigurationException(
                $"The ADO.NET provider '{NpgsqlInvariant}' is not there: add the package {NpgsqlInvariant} to the application.");
    }
}
