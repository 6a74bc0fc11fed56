using System.Collections.Concurrent;

namespace Aggregation.Gateway.Telemetry;

/// <summary>What an RPC is called in spans and metrics, made once for each.</summary>
internal sealed class CallNames
{
    private const string Own = "/aggregation.";
    private const string Submit = "/aggregation.v1.SubmissionService/Submit";

    private readonly ConcurrentDictionary<string, CallName> names = new(StringComparer.Ordinal);

    /// <param name="method">As gRPC has it: <c>/package.Service/Method</c>. Only RPCs that there are come here.</param>
    public CallName Of(string method) => names.TryGetValue(method, out var name) ? name : names.GetOrAdd(method, Make);

    private static CallName Make(string method)
    {
        var name = method.TrimStart('/');
        return new CallName(name, new("rpc.method", name), method == Submit, method.StartsWith(Own, StringComparison.Ordinal));
    }
}

/// <param name="Name">Of the span, and the value of its tag: <c>package.Service/Method</c>.</param>
/// <param name="Method">Tag.</param>
/// <param name="IsSubmit">It files one submission.</param>
/// <param name="IsOwn">It is the product's, and not health or reflection.</param>
internal sealed record CallName(string Name, KeyValuePair<string, object?> Method, bool IsSubmit, bool IsOwn);
