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

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (RefusedException refused) when (Marks(refused))
        {
            throw;
        }
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (RefusedException refused) when (Marks(refused))
        {
            throw;
        }
    }

    /// <returns>False: nothing is caught.</returns>
    private static bool Marks(RefusedException refused)
    {
        if (refused.Kind != RefusalKind.Unavailable)
        {
            Activity.Current?.SetTag(Attribute, refused.Kind.ToString());
        }

        return false;
    }
}
