using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>
/// Keeps state in a relational database, by the statements in its table OrleansQuery. A state's ETag is its version.
/// </summary>
public sealed class AdoNetGrainStorage : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Reads the statements.</summary>
    public const string DefaultInitializationQuery =
        "SELECT QueryKey, QueryText FROM OrleansQuery WHERE QueryKey = 'WriteToStorageKey' OR QueryKey = 'ReadFromStorageKey' OR QueryKey = 'ClearStorageKey' OR QueryKey = 'DeleteStorageKey'";

    private readonly AdoNetGrainStorageOptions _options;
    private readonly string _serviceId;
    private readonly string _name;
    private RelationalConnections? _connections;

    internal AdoNetGrainStorage(
        IOptions<AdoNetGrainStorageOptions> options, IOptions<ClusterOptions> clusterOptions, string name)
    {
        _options = options.Value;
        _serviceId = clusterOptions.Value.ServiceId;
        _name = name;
        Serializer = options.Value.GrainStorageSerializer;
        HashPicker = options.Value.HashPicker ?? new StorageHasherPicker([new OrleansDefaultHasher()]);
    }

    /// <summary>Turns state into bytes.</summary>
    public IGrainStorageSerializer Serializer { get; set; }

    /// <summary>Hashes identities for the index.</summary>
    public IStorageHasherPicker HashPicker { get; set; }

    /// <summary>The statements in use; null before the silo has started.</summary>
    public RelationalStorageProviderQueries? CurrentOperationalQueries { get; set; }

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe($"{nameof(AdoNetGrainStorage)} {_name}", _options.InitStage, Init, Close);

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string grainType, GrainId grainReference, IGrainState<T> grainState) =>
        ReadStateAsync(grainType, grainReference, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string grainType, GrainId grainReference, IGrainState<T> grainState) =>
        WriteStateAsync(grainType, grainReference, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string grainType, GrainId grainReference, IGrainState<T> grainState) =>
        ClearStateAsync(grainType, grainReference, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(
        string grainType, GrainId grainReference, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        await using var connection = await Open(cancellationToken);
        await using var command = Command(connection, Queries.ReadFromStorage, grainType, grainReference, grainState);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        byte[]? payload = null;
        string? etag = null;
        if (await reader.ReadAsync(cancellationToken))
        {
            // A cleared state keeps a row with a version and no payload; its next write needs that version.
            payload = await Value<byte[]>(reader, "PayloadBinary", cancellationToken);
            etag = (await Value<int?>(reader, "Version", cancellationToken))?.ToString(CultureInfo.InvariantCulture);
        }

        grainState.State = (payload is null ? default : Serializer.Deserialize<T>(new(payload))) ?? StateActivator<T>.Create();
        grainState.ETag = etag;
        grainState.RecordExists = payload is not null;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(
        string grainType, GrainId grainReference, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        await using var connection = await Open(cancellationToken);
        await using var command = Command(connection, Queries.WriteToStorage, grainType, grainReference, grainState);
        AddVersion(command, grainState.ETag);
        command.Add("PayloadBinary", DbType.Binary, Serializer.Serialize(grainState.State).ToArray());
        var version = await ReadVersion(command, cancellationToken);
        Require("WriteState", version, grainState.ETag, grainType, grainReference);
        grainState.ETag = version;
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(
        string grainType, GrainId grainReference, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (!grainState.RecordExists && string.IsNullOrWhiteSpace(grainState.ETag))
        {
            await ReadStateAsync(grainType, grainReference, grainState, cancellationToken);
            if (!grainState.RecordExists) return;
        }

        await using var connection = await Open(cancellationToken);
        var statement = _options.DeleteStateOnClear ? Queries.DeleteState! : Queries.ClearState;
        await using var command = Command(connection, statement, grainType, grainReference, grainState);
        AddVersion(command, grainState.ETag);
        var version = await ReadVersion(command, cancellationToken);
        Require("ClearState", version, grainState.ETag, grainType, grainReference);
        grainState.ETag = _options.DeleteStateOnClear ? null : version;
        grainState.RecordExists = false;
        grainState.State = StateActivator<T>.Create();
    }

    private RelationalStorageProviderQueries Queries => CurrentOperationalQueries ?? throw NotStarted();

    private static void AddVersion(DbCommand command, string? etag) => command.Add(
        "GrainStateVersion",
        DbType.Int32,
        string.IsNullOrWhiteSpace(etag) ? null : int.Parse(etag, CultureInfo.InvariantCulture));

    private static async Task<string?> ReadVersion(DbCommand command, CancellationToken cancellationToken) =>
        await command.ExecuteScalarAsync(cancellationToken) is int version
            ? version.ToString(CultureInfo.InvariantCulture)
            : null;

    private static async Task<TValue?> Value<TValue>(DbDataReader reader, string column, CancellationToken cancellationToken)
    {
        var ordinal = reader.GetOrdinal(column);
        return await reader.IsDBNullAsync(ordinal, cancellationToken)
            ? default
            : await reader.GetFieldValueAsync<TValue>(ordinal, cancellationToken);
    }

    private ValueTask<DbConnection> Open(CancellationToken cancellationToken) =>
        (_connections ?? throw NotStarted()).Open(cancellationToken);

    private InvalidOperationException NotStarted() => new($"Storage '{_name}' is used before the silo has started it.");

    private DbCommand Command<T>(
        DbConnection connection, string statement, string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        var hasher = HashPicker.PickHasher(_serviceId, _name, grainType, grainId, grainState);
        var key = AdoGrainKey.Of(grainId);
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the database's own, read at start.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.Add("GrainIdHash", DbType.Int32, hasher.Hash(key.GetHashBytes()));
        command.Add("GrainIdN0", DbType.Int64, key.N0Key);
        command.Add("GrainIdN1", DbType.Int64, key.N1Key);
        command.Add("GrainTypeHash", DbType.Int32, hasher.Hash(Encoding.UTF8.GetBytes(grainType)));
        command.Add("GrainTypeString", DbType.String, grainType);
        command.Add("GrainIdExtensionString", DbType.String, key.StringKey);
        command.Add("ServiceId", DbType.String, _serviceId);
        return command;
    }

    /// <summary>A statement answers with a new version if it took effect, else with none or the same.</summary>
    private void Require(string operation, string? version, string? etag, string grainType, GrainId grainId)
    {
        if (version is not null && version != etag) return;
        throw new InconsistentStateException(
            $"Version conflict ({operation}): ServiceId={_serviceId} ProviderName={_name} GrainType={grainType} GrainId={grainId} ETag={etag}.",
            version,
            etag);
    }

    private async Task Init(CancellationToken cancellationToken)
    {
        _connections = new(_options);
        await using var connection = await Open(cancellationToken);
        CurrentOperationalQueries = await QueryTable.Read(connection, _options.DeleteStateOnClear, cancellationToken);
    }

    private async Task Close(CancellationToken cancellationToken)
    {
        if (_connections is not null) await _connections.Close();
    }
}
