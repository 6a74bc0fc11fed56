using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Core;

/// <summary>One state of an activation on its storage. It may be used by its activation only.</summary>
public class StateStorageBridge<TState> : IStorage<TState>
{
    private readonly IGrainContext _context;
    private readonly IGrainStorage _storage;
    private readonly ILogger _logger;
    private GrainState<TState>? _current;

    public StateStorageBridge(string name, IGrainContext grainContext, IGrainStorage store)
    {
        Name = name;
        _context = grainContext;
        _storage = store;
        _logger = grainContext.ActivationServices.GetService<ILoggerFactory>()?.CreateLogger(store.GetType())
            ?? NullLogger.Instance;
    }

    /// <inheritdoc/>
    public TState State
    {
        get
        {
            CheckActivation();
            return Current.State!;
        }

        set
        {
            CheckActivation();
            Current.State = value;
        }
    }

    /// <inheritdoc/>
    public string? Etag
    {
        get => Current.ETag;
        set => Current.ETag = value;
    }

    /// <inheritdoc/>
    public bool RecordExists => Current.RecordExists;

    private protected string Name { get; }

    private GrainState<TState> Current => _current ??= new(StateActivator<TState>.Create());

    /// <inheritdoc/>
    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    /// <inheritdoc/>
    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        CheckActivation();
        await Run(nameof(ReadStateAsync), _storage.ReadStateAsync(Name, _context.GrainId, Current, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync(CancellationToken cancellationToken)
    {
        CheckActivation();
        await Run(nameof(WriteStateAsync), _storage.WriteStateAsync(Name, _context.GrainId, Current, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        CheckActivation();
        await Run(nameof(ClearStateAsync), _storage.ClearStateAsync(Name, _context.GrainId, Current, cancellationToken));
        Current.State = StateActivator<TState>.Create();
    }

    private static void CheckActivation()
    {
        if (RuntimeContext.Current is null)
            throw new InvalidOperationException("The state of a grain may only be used by a call of that grain.");
    }

    private async Task Run(string operation, Task work)
    {
        try
        {
            await work;
        }
        catch (Exception fault)
        {
            var storage = _storage.GetType().Name;
            StorageLog.Failed(_logger, fault, storage, Name, operation, _context.GrainId);

            // Callers tell conflicts and configuration faults by their type; all else is wrapped, as a driver's exception
            // may not be known where the call came from.
            if (fault is OrleansException) throw;
            throw new OrleansException(
                $"Storage {storage} failed in {operation} of state '{Name}' of grain {_context.GrainId}: {fault.Message}", fault);
        }
    }
}
