using System.Reflection;
using Aggregation.Storage.Journal;
using Orleans.Storage;

namespace Aggregation.SiloKit;

/// <summary>
/// Stands between a silo and all that outlives it. Once it is cut, whatever the silo still does leaves no trace on journal and
/// snapshots, and nobody learns an outcome: what stays is what a killed process would have left.
/// </summary>
public sealed class PowerCut
{
    private volatile bool _isCut;

    public bool IsCut => _isCut;

    public void Cut() => _isCut = true;

    /// <summary>To a silo that is still there, the journal comes back.</summary>
    public void Restore() => _isCut = false;

    public IJournal Behind(IJournal journal) => Wire<IJournal>.Of(journal, this);

    public IGrainStorage Behind(IGrainStorage snapshots) => Wire<IGrainStorage>.Of(snapshots, this);

    /// <exception cref="JournalUnavailableException">The power is cut.</exception>
    public void Require()
    {
        if (_isCut)
        {
            throw new JournalUnavailableException("The power is cut.", new IOException("The test has cut the power."));
        }
    }
}

/// <summary>Passes every call of an interface on until the power is cut.</summary>
public class Wire<T> : DispatchProxy
    where T : class
{
    private static readonly MethodInfo Guard = typeof(Wire<T>).GetMethod(nameof(GuardAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private T _target = null!;
    private PowerCut _power = null!;

    public static T Of(T target, PowerCut power)
    {
        var wire = Create<T, Wire<T>>();
        ((Wire<T>)(object)wire)._target = target;
        ((Wire<T>)(object)wire)._power = power;
        return wire;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _power.Require();
        var result = targetMethod!.Invoke(_target, BindingFlags.DoNotWrapExceptions, null, args, null);
        return result is Task && targetMethod.ReturnType.IsGenericType
            ? Guard.MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()).Invoke(this, [result])
            : result;
    }

    /// <summary>What was under way when the power was cut may have happened, and nobody hears of it.</summary>
    private async Task<TResult> GuardAsync<TResult>(Task<TResult> call)
    {
        var result = await call;
        _power.Require();
        return result;
    }
}
