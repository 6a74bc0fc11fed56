using Aggregation.Contracts;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tenants;

/// <summary>
/// When the keys of a tenant, or of the platform, were last used: exact in memory, and recorded in a stream of its own, once a
/// day for each key and for all that are due at once. A kill loses what was not recorded yet; nothing is decided by it.
/// </summary>
internal sealed class KeyUse(IJournal journal, string tenant)
{
    public const string Stream = "key-use";

    /// <summary>How long a first use of the day waits for others before they are recorded together.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _recorded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _due = new(StringComparer.Ordinal);
    private DateTimeOffset _dueSince;
    private long _version;
    private ReadOnlyMemory<byte> _head;
    private bool _isBusy;

    /// <summary>Users who came with a token, not with a key.</summary>
    public IEnumerable<string> Users => _used.Keys.Concat(_recorded.Keys)
        .Select(Names.UserOf).Where(static user => user.Length > 0).Distinct();

    /// <summary>Null: never, as far as was read.</summary>
    public DateTimeOffset? LastUsed(string id) =>
        _used.TryGetValue(id, out var used) ? used : _recorded.TryGetValue(id, out var recorded) ? recorded : null;

    /// <summary>Notes a use; now and then writes what is due.</summary>
    public Task UsedAsync(string id, DateTimeOffset now)
    {
        _used[id] = now;
        if (!IsRecorded(id, now) && _due.Add(id) && _due.Count == 1)
        {
            _dueSince = now;
        }

        return _due.Count > 0 && now - _dueSince >= Delay ? WriteAsync(now) : Task.CompletedTask;
    }

    /// <summary>Reads what was recorded and is not known yet.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task<KeyUse> ReadAsync()
    {
        foreach (var entry in await journal.ReadStreamAsync(tenant, Stream, _version, CancellationToken.None))
        {
            Take(entry);
        }

        return this;
    }

    /// <summary>Records what is due. Where the journal cannot answer it stays due: nobody waits for it.</summary>
    public async Task WriteAsync(DateTimeOffset now)
    {
        if (_isBusy || _due.Count == 0)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await ReadAsync();
            var entry = new KeysUsedEntry();
            foreach (var id in _due.Where(id => !IsRecorded(id, _used[id])).Order(StringComparer.Ordinal))
            {
                entry.Uses.Add(new KeyUseEntry { KeyId = id, AtUnixMs = _used[id].ToUnixTimeMilliseconds() });
            }

            if (entry.Uses.Count > 0)
            {
                Take(await journal.AppendAsync(tenant, Stream, _version, _head, EntryKinds.KeysUsed, entry, "host", now));
            }

            _due.RemoveWhere(id => IsRecorded(id, _used[id]));
        }
        catch (Exception exception) when (exception is RefusedException or JournalUnavailableException)
        {
            _dueSince = now;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private bool IsRecorded(string id, DateTimeOffset at) =>
        _recorded.TryGetValue(id, out var recorded) && recorded.UtcDateTime.Date >= at.UtcDateTime.Date;

    private void Take(StoredEntry entry)
    {
        if (entry.Version <= _version)
        {
            return;
        }

        foreach (var use in KeysUsedEntry.Parser.ParseFrom(entry.Payload.Span).Uses)
        {
            _recorded[use.KeyId] = DateTimeOffset.FromUnixTimeMilliseconds(use.AtUnixMs);
        }

        _version = entry.Version;
        _head = entry.Hash;
    }
}
