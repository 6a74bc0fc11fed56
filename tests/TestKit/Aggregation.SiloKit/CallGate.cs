using System.Collections.Concurrent;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.SiloKit;

/// <summary>Counts the calls that arrive at grains, holds them up, makes them fail, and ends activations.</summary>
public sealed class CallGate : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Method, string Key), int> _counts = new();
    private readonly ConcurrentDictionary<(string Method, string Key), Barrier> _barriers = new();
    private readonly ConcurrentDictionary<(string Method, string Key), int> _failures = new();
    private readonly ConcurrentDictionary<(string Method, string Key), Exception> _refusals = new();
    private readonly ConcurrentDictionary<string, IGrainContext> _contexts = new();

    /// <summary>Sees each contribution before its parent does.</summary>
    public Action<LedgerKey, Contribution>? OnPush { get; set; }

    /// <summary>Sees each call by its method and the key of its grain.</summary>
    public Action<string, string>? OnCall { get; set; }

    public int Count(string method, LedgerKey key) => Count(method, key.ToString());

    /// <param name="key">Of a grain of any kind.</param>
    public int Count(string method, string key) => _counts.GetValueOrDefault((method, key));

    /// <summary>Holds up calls of a method at a grain until the barrier is released.</summary>
    public Barrier Block(string method, LedgerKey key) => Block(method, key.ToString());

    /// <inheritdoc cref="Block(string, LedgerKey)"/>
    public Barrier Block(string method, string key) => _barriers[(method, key)] = new Barrier();

    /// <summary>The next calls of a method at a grain fail before they reach it.</summary>
    public void Fail(string method, LedgerKey key, int times = 1) => Fail(method, key.ToString(), times);

    /// <inheritdoc cref="Fail(string, LedgerKey, int)"/>
    public void Fail(string method, string key, int times) => _failures[(method, key)] = times;

    /// <summary>The next call of a method at a grain is refused.</summary>
    public void Refuse(string method, LedgerKey key, RefusedException refusal) => _refusals[(method, key.ToString())] = refusal;

    /// <summary>Calls that are still held up, and those that would be, fail: Orleans ends no activation while one is in progress.</summary>
    public void Break()
    {
        foreach (var barrier in _barriers.Values)
        {
            barrier.Break();
        }
    }

    /// <summary>As at the beginning: sees nothing, holds nothing up, and what it holds up now fails.</summary>
    public void Reset()
    {
        OnPush = null;
        OnCall = null;
        Break();
        _barriers.Clear();
        _failures.Clear();
        _refusals.Clear();
        _counts.Clear();
        _contexts.Clear();
    }

    /// <summary>Ends the present activation of a grain, if it was ever called, and waits until it is gone.</summary>
    public async Task DeactivateAsync(LedgerKey key)
    {
        if (_contexts.TryGetValue(key.ToString(), out var context))
        {
            context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The test ends it."));
            await context.Deactivated;
        }
    }

    /// <summary>Waits until the present activation of a grain is gone by itself.</summary>
    public Task DeactivatedAsync(LedgerKey key) => _contexts[key.ToString()].Deactivated;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (!context.InterfaceName.StartsWith("Aggregation.", StringComparison.Ordinal))
        {
            // Orleans' own grains call each other too.
            await context.Invoke();
            return;
        }

        var key = context.TargetId.Key.ToString()!;
        var call = (context.MethodName, key);
        _contexts[key] = context.TargetContext;
        _counts.AddOrUpdate(call, 1, static (_, count) => count + 1);
        OnCall?.Invoke(context.MethodName, key);
        if (context.MethodName == nameof(IRollupGrain.Push))
        {
            OnPush?.Invoke(LedgerKey.Parse(key), (Contribution)context.Request.GetArgument(0)!);
        }

        if (_barriers.TryGetValue(call, out var barrier))
        {
            await barrier.PassAsync();
        }

        if (_failures.TryGetValue(call, out var left) && left > 0 && _failures.TryUpdate(call, left - 1, left))
        {
            throw new CallGateException("The test makes this call fail.");
        }

        if (_refusals.TryRemove(call, out var refusal))
        {
            throw refusal;
        }

        await context.Invoke();
    }
}

/// <summary>Something that a test closes and opens.</summary>
public sealed class Barrier
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first call has come to it.</summary>
    public Task Reached => _reached.Task;

    public void Release() => _released.TrySetResult();

    internal void Break() => _released.TrySetException(new CallGateException("The silo ends while the test holds this call up."));

    internal Task PassAsync()
    {
        _reached.TrySetResult();
        return _released.Task;
    }
}

/// <summary>What a call ends with that a test makes fail.</summary>
public sealed class CallGateException(string message) : Exception(message);
