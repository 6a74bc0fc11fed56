using System.Collections.Concurrent;
using Aggregation.Grains.Snapshots;
using Orleans.Storage;

namespace Aggregation.SiloKit;

/// <summary>Snapshots at rest as bytes, which a test may change and which outlive a silo.</summary>
public sealed class SnapshotVault : IGrainStorage
{
    private readonly SnapshotSerializer _serializer = new();
    private readonly ConcurrentDictionary<(string State, string Grain), byte[]> _rows = new();

    public int Count => _rows.Count;

    public void Clear() => _rows.Clear();

    public IReadOnlyDictionary<(string State, string Grain), byte[]> Copy() => _rows.ToDictionary();

    public void Restore(IReadOnlyDictionary<(string State, string Grain), byte[]> rows)
    {
        _rows.Clear();
        foreach (var (key, bytes) in rows)
        {
            _rows[key] = bytes;
        }
    }

    public void Change(Func<byte[], byte[]> change)
    {
        foreach (var key in _rows.Keys)
        {
            _rows[key] = change(_rows[key]);
        }
    }

    public void Change(Func<LedgerSnapshot, LedgerSnapshot> change) => Change(bytes =>
        _serializer.Serialize(change(_serializer.Deserialize<LedgerSnapshot>(BinaryData.FromBytes(bytes)))).ToArray());

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_rows.TryGetValue((stateName, grainId.ToString()), out var bytes))
        {
            grainState.State = _serializer.Deserialize<T>(BinaryData.FromBytes(bytes));
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _rows[(stateName, grainId.ToString())] = _serializer.Serialize(grainState.State).ToArray();
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _rows.TryRemove((stateName, grainId.ToString()), out _);
        return Task.CompletedTask;
    }
}
