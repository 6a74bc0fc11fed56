using System.Data;
using Npgsql;

namespace Aggregation.Storage.Tests.Orleans.Membership;

/// <summary>A cluster's members by the stored statements, called as Orleans calls them: by key, with its names and types of parameters.</summary>
internal sealed class MembershipTable(string connectionString, string cluster)
{
    public async Task<bool> AddVersionAsync() => (bool)Assert.Single(Assert.Single(await RowsAsync("InsertMembershipVersionKey", null)).Values)!;

    public async Task<bool> AddAsync(Member member, int version) =>
        (bool)Assert.Single(Assert.Single(await RowsAsync("InsertMembershipKey", member, version)).Values)!;

    public async Task<bool> ChangeAsync(Member member, int version) =>
        (bool)Assert.Single(Assert.Single(await RowsAsync("UpdateMembershipKey", member, version)).Values)!;

    public Task AliveAsync(Member member) => RowsAsync("UpdateIAmAlivetimeKey", member);

    public async Task<IReadOnlyList<(string Address, int ProxyPort, int Generation)>> GatewaysAsync() =>
    [
        .. (await RowsAsync("GatewaysQueryKey", new Member { Status = Member.Active }))
            .Select(static row => ((string)row["Address"]!, (int)row["ProxyPort"]!, (int)row["Generation"]!)),
    ];

    public Task DeleteAllAsync() => RowsAsync("DeleteMembershipTableEntriesKey", null);

    public Task CleanUpAsync(DateTime before) => RowsAsync("CleanupDefunctSiloEntriesKey", new Member { AliveAt = before });

    /// <summary>Deletes a dead member if it is still as given.</summary>
    public Task CleanUpAsync(Member asRead) => RowsAsync(MembershipQueries.OptionalKey, asRead);

    /// <summary>The version and the members in it; null if the cluster is unknown.</summary>
    public async Task<(int Version, IReadOnlyList<Member> Members)?> ReadAsync() =>
        Read(await RowsAsync("MembershipReadAllKey", null));

    public async Task<(int Version, IReadOnlyList<Member> Members)?> ReadAsync(Member member) =>
        Read(await RowsAsync("MembershipReadRowKey", member));

    private static (int Version, IReadOnlyList<Member> Members)? Read(List<Dictionary<string, object?>> rows)
    {
        if (rows.Count == 0) return null;
        return ((int)rows[0]["Version"]!, [.. rows.Where(static row => row["StartTime"] is not null).Select(Member.From)]);
    }

    /// <summary>Runs a statement; rows by the names of columns, in whatever case.</summary>
    private async Task<List<Dictionary<string, object?>>> RowsAsync(string key, Member? member, int version = 0)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var lookUp = new NpgsqlCommand("SELECT QueryText FROM OrleansQuery WHERE QueryKey = $1", connection);
        lookUp.Parameters.AddWithValue(key);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The scripts are the project's own.
        command.CommandText = (string)(await lookUp.ExecuteScalarAsync())!;
#pragma warning restore CA2100
        foreach (var name in MembershipQueries.Parameters[key])
        {
            var (value, type) = Argument(name, member, version);
            command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
        }

        var rows = new List<Dictionary<string, object?>>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, place => reader.IsDBNull(place) ? null : reader.GetValue(place), StringComparer.OrdinalIgnoreCase));
        }

        return rows;
    }

    private (object? Value, DbType Type) Argument(string name, Member? member, int version) => name switch
    {
        "DeploymentId" => (cluster, DbType.String),
        "Version" => (version, DbType.Int32),
        "Address" => (member!.Address, DbType.AnsiString),
        "Port" => (member!.Port, DbType.Int32),
        "Generation" => (member!.Generation, DbType.Int32),
        "SiloName" => (member!.Name, DbType.String),
        "HostName" => (member!.Host, DbType.String),
        "Status" => (member!.Status, DbType.Int32),
        "ProxyPort" => (member!.ProxyPort, DbType.Int32),
        "SuspectTimes" => (member!.Suspects, DbType.String),
        "StartTime" => (member!.StartedAt, DbType.DateTime),
        "IAmAliveTime" => (member!.AliveAt, DbType.DateTime),
        _ => throw new ArgumentException($"Orleans passes no parameter '{name}'.", nameof(name)),
    };
}
