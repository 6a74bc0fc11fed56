using Aggregation.TestKit.Postgres;
using Npgsql;
using Orleans.Configuration;

namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

/// <summary>A PostgreSQL server with the scripts of deploy/postgres applied.</summary>
public sealed class OrleansDatabase : IAsyncLifetime
{
    private readonly PostgresServer _server = new();

    public string ConnectionString => _server.ConnectionString;

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        if (PostgresBinaries.Folder is not null) await ApplyScripts();
    }

    public Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return _server.DisposeAsync();
    }

    /// <summary>Runs every script, in order of its name.</summary>
    public async Task ApplyScripts()
    {
        await using var connection = await Open();
        var scripts = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "postgres"), "*.sql");
        foreach (var script in scripts.Order(StringComparer.Ordinal))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The scripts are the project's own.
            command.CommandText = await File.ReadAllTextAsync(script);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    public async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<object?> Scalar(FormattableString query)
    {
        await using var connection = await Open();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Arguments become parameters.
        command.CommandText = string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            query.Format,
            [.. Enumerable.Range(0, query.ArgumentCount).Select(static index => $"@p{index}")]);
#pragma warning restore CA2100
        for (var index = 0; index < query.ArgumentCount; index++)
            command.Parameters.AddWithValue($"p{index}", query.GetArgument(index)!);
        var value = await command.ExecuteScalarAsync();
        return value is DBNull ? null : value;
    }

    internal Task<StorageSilo> StartSilo(Action<AdoNetGrainStorageOptions>? configure = null) =>
        StorageSilo.StartAsync(builder => builder.AddAdoNetGrainStorage("main", options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = ConnectionString;
            configure?.Invoke(options);
        }));
}
