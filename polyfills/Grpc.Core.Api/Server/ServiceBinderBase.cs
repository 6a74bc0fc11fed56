namespace Grpc.Core;

/// <summary>Takes a service's methods, one by one, from its generated binding code.</summary>
public class ServiceBinderBase
{
    /// <summary>A method with one request and one response; a null handler asks for the method of that name on the service's class.</summary>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw Unsupported(method);

    /// <summary>A method with many requests and one response; a null handler asks for the method of that name on the service's class.</summary>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw Unsupported(method);

    /// <summary>A method with one request and many responses; a null handler asks for the method of that name on the service's class.</summary>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw Unsupported(method);

    /// <summary>A method with many requests and many responses; a null handler asks for the method of that name on the service's class.</summary>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw Unsupported(method);

    private NotSupportedException Unsupported(IMethod method) =>
        new($"{GetType().Name} does not take {method.Type} methods such as {method.FullName}");
}
