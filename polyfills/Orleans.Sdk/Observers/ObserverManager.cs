using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

/// <summary>The observers of a grain, each known by its reference.</summary>
/// <param name="expiration">How long a subscription lasts unless renewed.</param>
/// <param name="log">Receives what happens to subscriptions, at level debug.</param>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log);

/// <summary>The observers of a grain. Used from the grain's turns only, like the rest of its state.</summary>
/// <typeparam name="TIdentity">What identifies an observer.</typeparam>
/// <typeparam name="TObserver">The observer interface.</typeparam>
[SuppressMessage("Design", "CA1031", Justification = "Whatever an observer throws, it is dropped and the others are notified.")]
public class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver>
    where TIdentity : notnull
{
    private readonly ILogger _log;

    // Replaced on each change, so that a notification in progress goes on over the observers it began with.
    private Dictionary<TIdentity, Subscription> _subscriptions = [];

    /// <param name="expiration">How long a subscription lasts unless renewed.</param>
    /// <param name="log">Receives what happens to subscriptions, at level debug.</param>
    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
        _log = log;
    }

    /// <summary>The clock by which subscriptions expire; universal time.</summary>
    public Func<DateTime> GetDateTime { get; set; } = static () => DateTime.UtcNow;

    /// <summary>How long a subscription lasts unless renewed; those past it are removed at the next notification.</summary>
    public TimeSpan ExpirationDuration { get; set; }

    /// <summary>The number of subscriptions, expired ones included until they are removed.</summary>
    public int Count => _subscriptions.Count;

    /// <summary>A copy of the observers.</summary>
    public IReadOnlyDictionary<TIdentity, TObserver> Observers =>
        _subscriptions.ToDictionary(static pair => pair.Key, static pair => pair.Value.Observer);

    /// <summary>Removes all observers.</summary>
    public void Clear() => _subscriptions = [];

    /// <summary>Adds an observer, or renews its subscription.</summary>
    public void Subscribe(TIdentity id, TObserver observer)
    {
        var isNew = !_subscriptions.ContainsKey(id);
        _subscriptions = new Dictionary<TIdentity, Subscription>(_subscriptions) { [id] = new(observer, GetDateTime()) };
        if (isNew) ObserverLog.Added(_log, id, _subscriptions.Count);
    }

    /// <summary>Removes an observer if it is there.</summary>
    public void Unsubscribe(TIdentity id) => Remove([id]);

    /// <summary>
    /// Calls <paramref name="notification"/> for one observer after the other. One that fails is removed; so is one that
    /// has expired.
    /// </summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        var defunct = new List<TIdentity>();
        foreach (var (id, observer) in Due(defunct, predicate))
        {
            try
            {
                await notification(observer);
            }
            catch (Exception)
            {
                defunct.Add(id);
            }
        }

        Remove(defunct);
    }

    /// <summary>
    /// Calls <paramref name="notification"/> for one observer after the other. One that fails is removed; so is one that
    /// has expired.
    /// </summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        var defunct = new List<TIdentity>();
        foreach (var (id, observer) in Due(defunct, predicate))
        {
            try
            {
                notification(observer);
            }
            catch (Exception)
            {
                defunct.Add(id);
            }
        }

        Remove(defunct);
    }

    /// <summary>Removes the observers that have expired.</summary>
    public void ClearExpired()
    {
        var defunct = new List<TIdentity>();
        foreach (var _ in Due(defunct, static _ => false))
        {
            // The walk itself finds the expired ones.
        }

        Remove(defunct);
    }

    public IEnumerator<TObserver> GetEnumerator() =>
        _subscriptions.Values.Select(static subscription => subscription.Observer).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<(TIdentity Id, TObserver Observer)> Due(List<TIdentity> expired, Func<TObserver, bool>? predicate)
    {
        var oldest = GetDateTime() - ExpirationDuration;
        foreach (var (id, subscription) in _subscriptions)
        {
            if (subscription.LastSeen < oldest) expired.Add(id);
            else if (predicate?.Invoke(subscription.Observer) ?? true) yield return (id, subscription.Observer);
        }
    }

    private void Remove(List<TIdentity> ids)
    {
        if (!ids.Exists(_subscriptions.ContainsKey)) return;
        var rest = new Dictionary<TIdentity, Subscription>(_subscriptions);
        foreach (var id in ids) rest.Remove(id);
        _subscriptions = rest;
        ObserverLog.Removed(_log, ids.Count, rest.Count);
    }

    private readonly record struct Subscription(TObserver Observer, DateTime LastSeen);
}
