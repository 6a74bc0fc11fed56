using System.Diagnostics;

namespace Aggregation.Contracts.Tracing;

/// <summary>
/// Marks the spans of calls between grains that were refused: to Orleans every exception is an error, to operators a refusal is an
/// answer. That a grain cannot answer now stays an error.
/// </summary>
public sealed class RefusalSpans : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    /// <summary>The attribute with the kind of the refusal.</summary>
    public const string Attribute = "aggregation.refusal";

    public Task Invoke(IIncomingGrainCallContext context) => InvokeAsync(context);

    public Task Invoke(IOutgoingGrainCallContext context) => InvokeAsync(context);

    /// <summary>On the path of every call: one that is not traced passes as it is.</summary>
    private static Task InvokeAsync(IGrainCallContext context) =>
        Activity.Current is { IsAllDataRequested: true } span ? MarkAsync(context, span) : context.Invoke();

    private static async Task MarkAsync(IGrainCallContext context, Activity span)
    {
        try
        {
            await context.Invoke();
        }
        catch (RefusedException refused) when (Marks(span, refused))
        {
            throw;
        }
    }

    /// <returns>False: nothing is caught.</returns>
    private static bool Marks(Activity span, RefusedException refused)
    {
        if (refused.IsAnswer)
        {
            span.SetTag(Attribute, refused.Kind.ToString());
        }

        return false;
    }
}
