using System.Collections;

namespace Grpc.Core;

/// <summary>Headers or trailers: an ordered list of entries in which a key may occur more than once.</summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>Ending of the keys whose values are bytes.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>A request header naming the compression of the request's messages; it is not sent.</summary>
    internal const string CompressionRequestAlgorithmMetadataKey = "grpc-internal-encoding-request";

    /// <summary>Read-only and without entries.</summary>
    public static readonly Metadata Empty = new() { IsReadOnly = true };

    private readonly List<Entry> entries = [];

    public int Count => entries.Count;

    public bool IsReadOnly { get; private init; }

    public Entry this[int index]
    {
        get => entries[index];
        set
        {
            CheckChangeable(value);
            entries[index] = value;
        }
    }

    /// <summary>The last entry with this key, in any case, or null.</summary>
    public Entry? Get(string key)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
            if (entries[i].KeyEquals(key))
                return entries[i];

        return null;
    }

    /// <summary>The text of the last entry with this key, or null. A binary entry throws <see cref="InvalidOperationException"/>.</summary>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The bytes of the last entry with this key, or null.</summary>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries with this key, in order.</summary>
    public IEnumerable<Entry> GetAll(string key) => entries.Where(entry => entry.KeyEquals(key));

    public void Add(Entry item)
    {
        CheckChangeable(item);
        entries.Add(item);
    }

    public void Add(string key, string value) => Add(new Entry(key, value));

    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    public void Insert(int index, Entry item)
    {
        CheckChangeable(item);
        entries.Insert(index, item);
    }

    public bool Remove(Entry item)
    {
        CheckChangeable();
        return entries.Remove(item);
    }

    public void RemoveAt(int index)
    {
        CheckChangeable();
        entries.RemoveAt(index);
    }

    public void Clear()
    {
        CheckChangeable();
        entries.Clear();
    }

    public bool Contains(Entry item) => entries.Contains(item);

    public int IndexOf(Entry item) => entries.IndexOf(item);

    public void CopyTo(Entry[] array, int arrayIndex) => entries.CopyTo(array, arrayIndex);

    public IEnumerator<Entry> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    private void CheckChangeable(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckChangeable();
    }

    private void CheckChangeable()
    {
        if (IsReadOnly)
            throw new InvalidOperationException("These metadata are read-only: add to metadata of your own");
    }
}
