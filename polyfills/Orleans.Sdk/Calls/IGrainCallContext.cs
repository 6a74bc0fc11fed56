using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>A call on its way through the filters.</summary>
public interface IGrainCallContext
{
    /// <summary>The method and its arguments.</summary>
    IInvokable Request { get; }

    /// <summary>The grain, or the reference to it on the caller's side.</summary>
    object Grain { get; }

    /// <summary>The calling grain, or null outside grains.</summary>
    GrainId? SourceId { get; }

    /// <summary>The grain called.</summary>
    GrainId TargetId { get; }

    /// <summary>The interface called.</summary>
    GrainInterfaceType InterfaceType { get; }

    /// <summary>The full name of the interface called.</summary>
    string InterfaceName { get; }

    /// <summary>The name of the method called.</summary>
    string MethodName { get; }

    /// <summary>The method called.</summary>
    MethodInfo InterfaceMethod { get; }

    /// <summary>The result, once there is one.</summary>
    object? Result { get; set; }

    /// <summary>The outcome, once there is one.</summary>
    Response? Response { get; set; }

    /// <summary>Goes on with the next filter, or the call itself.</summary>
    Task Invoke();
}

/// <summary>A call that has arrived at a grain.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    /// <summary>The activation.</summary>
    IGrainContext TargetContext { get; }

    /// <summary>The method of the grain class.</summary>
    MethodInfo ImplementationMethod { get; }
}

/// <summary>A call that is about to be sent.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The calling activation, or null outside grains.</summary>
    IGrainContext? SourceContext { get; }
}
