using System.Globalization;

namespace Orleans.Runtime.Calls;

/// <summary>Describes a call that timed out by the chain of calls it is part of, which shows a deadlock as a circle.</summary>
internal static class CallChain
{
    /// <param name="call">The call that timed out.</param>
    /// <param name="open">All calls that await an outcome.</param>
    /// <param name="timeout">The timeout that passed.</param>
    public static string Describe(GrainCall call, List<GrainCall> open, TimeSpan timeout)
    {
        var chain = Ancestors(Deepest(call, open));
        var caller = chain[0].Caller is IGrainContext first ? first.GrainId.ToString() : "client";
        var text = string.Join(" -> ", chain.ConvertAll(static part => part.ToString()).Prepend(caller));
        var last = chain[^1];
        var busy = last.Target?.Active is GrainCall active && active != last
            ? $" {last.TargetId} is busy with {active}{(chain.Contains(active) ? ": the calls wait for each other (deadlock)" : "")}."
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Response did not arrive on time in {timeout} for message: {call}. Call chain: {text}.{busy}");
    }

    private static GrainCall Deepest(GrainCall call, List<GrainCall> open)
    {
        var (deepest, depth) = (call, 0);
        foreach (var other in open)
        {
            var steps = 0;
            for (var at = other; at is not null; at = at.Parent, steps++)
            {
                if (at != call) continue;
                if (steps > depth) (deepest, depth) = (other, steps);
                break;
            }
        }

        return deepest;
    }

    private static List<GrainCall> Ancestors(GrainCall call)
    {
        var chain = new List<GrainCall>();
        for (var at = call; at is not null; at = at.Parent) chain.Insert(0, at);
        return chain;
    }
}
