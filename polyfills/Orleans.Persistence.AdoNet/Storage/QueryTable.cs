using System.Data.Common;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The table OrleansQuery.</summary>
internal static class QueryTable
{
    /// <summary>Reads the statements of grain storage.</summary>
    /// <exception cref="OrleansConfigurationException">One is missing.</exception>
    public static async Task<RelationalStorageProviderQueries> Read(
        DbConnection connection, bool deleteStateOnClear, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<string, string>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = AdoNetGrainStorage.DefaultInitializationQuery;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) texts.Add(reader.GetString(0), reader.GetString(1));
        }

        return new(
            Required("WriteToStorageKey"),
            Required("ReadFromStorageKey"),
            Required("ClearStorageKey"),
            deleteStateOnClear ? Required("DeleteStorageKey") : texts.GetValueOrDefault("DeleteStorageKey"));

        string Required(string key) => texts.GetValueOrDefault(key) ?? throw new OrleansConfigurationException(
            $"Table OrleansQuery has no row '{key}'; run the storage script on the database.");
    }
}
