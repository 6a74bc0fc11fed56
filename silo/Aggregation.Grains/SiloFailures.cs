using Aggregation.Contracts;
using Microsoft.Extensions.Logging;

namespace Aggregation.Grains;

/// <summary>
/// Logs what a grain fails with that is no answer of a contract, and sends only a reference in its place: an exception of a type that the
/// caller's process does not know would arrive as a missing codec, and what it says is not the caller's.
/// </summary>
internal sealed partial class SiloFailures(ILogger<SiloFailures> logger) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var call = context.Invoke();
        return call.IsCompletedSuccessfully ? call : AnswerAsync(context, call);
    }

    private async Task AnswerAsync(IIncomingGrainCallContext context, Task call)
    {
        try
        {
            await call;
        }
        catch (Exception exception) when (!IsOfContract(exception))
        {
            var reference = SiloFailureException.NewReference();
            CallFailed(logger, context.InterfaceName, context.MethodName, context.TargetId, reference, exception);
            throw new SiloFailureException(reference);
        }
    }

    /// <summary>Refusals; that a call was given up or not answered in time; what Orleans itself says of a call. With all that they have inside.</summary>
    private static bool IsOfContract(Exception exception)
    {
        if (exception is not (RefusedException or SiloFailureException or OperationCanceledException or TimeoutException or OrleansException))
        {
            return false;
        }

        // One that is not known takes the outer one with it.
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is not (RefusedException or SiloFailureException or OrleansException) && !IsOfFramework(inner))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Orleans serializes exceptions of these namespaces whatever their type.</summary>
    private static bool IsOfFramework(Exception exception) =>
        exception.GetType().Namespace is { } space && (space.StartsWith("System", StringComparison.Ordinal) || space.StartsWith("Microsoft", StringComparison.Ordinal));

    [LoggerMessage(1, LogLevel.Error, "{Interface}.{Method} of {Grain} failed, reference {Reference}.")]
    private static partial void CallFailed(
        ILogger logger, string @interface, string method, GrainId grain, string reference, Exception exception);
}
