using System.Collections.Concurrent;
using Aggregation.Contracts;

namespace Aggregation.Gateway.Tests;

/// <summary>What the real grains of each tenant were asked, in that order.</summary>
internal sealed class Questions : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<(string Tenant, object Question)> all = new();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var call = context.Request;
        if (call.GetArgumentCount() > 1 && call.GetArgument(0) is Caller caller)
        {
            for (var i = 1; i < call.GetArgumentCount(); i++)
            {
                if (call.GetArgument(i) is { } question)
                {
                    all.Enqueue((caller.Tenant, question));
                }
            }
        }

        return context.Invoke();
    }

    public IReadOnlyList<T> Of<T>(string tenant) =>
        [.. all.Where(asked => asked.Tenant == tenant).Select(static asked => asked.Question).OfType<T>()];
}
