using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call as an object: the method and its arguments.</summary>
public interface IInvokable : IDisposable
{
    /// <summary>True if the method takes a cancellation token.</summary>
    bool IsCancellable => false;

    /// <summary>The object that is called; null before the call has arrived.</summary>
    object? GetTarget();

    /// <summary>Sets the object that is called.</summary>
    void SetTarget(ITargetHolder holder);

    /// <summary>Makes the call.</summary>
    ValueTask<Response> Invoke();

    /// <summary>The number of arguments.</summary>
    int GetArgumentCount();

    /// <summary>The argument at <paramref name="index"/>.</summary>
    object? GetArgument(int index);

    /// <summary>Replaces the argument at <paramref name="index"/>.</summary>
    void SetArgument(int index, object value);

    /// <summary>The name of the method.</summary>
    string GetMethodName();

    /// <summary>The full name of the interface.</summary>
    string GetInterfaceName();

    /// <summary>Interface and method as one name, for activities.</summary>
    string GetActivityName();

    /// <summary>The method.</summary>
    MethodInfo GetMethod();

    /// <summary>The interface.</summary>
    Type GetInterfaceType();

    /// <summary>The method's own response timeout, if it has one.</summary>
    TimeSpan? GetDefaultResponseTimeout() => default;

    /// <summary>The token passed, or none.</summary>
    CancellationToken GetCancellationToken() => default;

    /// <summary>Cancels the call; says whether it can be cancelled.</summary>
    bool TryCancel() => false;
}
