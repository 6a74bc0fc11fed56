using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps state in the silo's memory, as bytes, until the silo stops.</summary>
internal sealed class MemoryGrainStorage(string name, MemoryGrainStorageOptions options) : IGrainStorage
{
    private const string AnyETag = "*";

    private readonly Lock _gate = new();
    private readonly Dictionary<(string State, GrainId Grain), Entry> _entries = [];

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Entry entry;
        lock (_gate) entry = _entries.GetValueOrDefault((stateName, grainId));
        grainState.ETag = entry.ETag;
        grainState.RecordExists = entry.Payload is not null;
        grainState.State = (entry.Payload is null ? default : options.GrainStorageSerializer.Deserialize<T>(entry.Payload))
            ?? StateActivator<T>.Create();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // A copy: the serializer may hand out bytes that it goes on to use.
        var payload = BinaryData.FromBytes(options.GrainStorageSerializer.Serialize(grainState.State).ToArray());
        var etag = Guid.NewGuid().ToString("N");
        Replace(stateName, grainId, grainState.ETag, new(etag, payload), nameof(WriteStateAsync));
        grainState.ETag = etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Replace(stateName, grainId, grainState.ETag, default, nameof(ClearStateAsync));
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = StateActivator<T>.Create();
        return Task.CompletedTask;
    }

    /// <summary>Sets the entry if it is at <paramref name="expected"/>.</summary>
    private void Replace(string stateName, GrainId grainId, string? expected, Entry entry, string operation)
    {
        lock (_gate)
        {
            // A state never seen takes any version (memory may have been lost); a cleared one stays listed, so that a writer
            // that has not seen the clearing is refused.
            if (_entries.TryGetValue((stateName, grainId), out var stored) && expected != AnyETag && expected != stored.ETag)
            {
                throw new InconsistentStateException(
                    $"{operation} of state '{stateName}' of grain {grainId} in storage '{name}': stored is version '{stored.ETag}', the writer has seen '{expected}'.",
                    stored.ETag,
                    expected);
            }

            _entries[(stateName, grainId)] = entry;
        }
    }

    private readonly record struct Entry(string? ETag, BinaryData? Payload);
}
