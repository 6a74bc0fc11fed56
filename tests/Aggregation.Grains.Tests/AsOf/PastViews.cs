using System.Text.Json;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.AsOf;

/// <summary>Views of the past beside those that were live.</summary>
internal static class PastViews
{
    /// <summary>All of it but what the past does not have: versions of aggregates.</summary>
    public static string Rendered(ChildrenView view) => JsonSerializer.Serialize(view with
    {
        Total = view.Total with { Version = default, AsOf = null },
        Parts =
        [
            .. view.Parts.Select(part => part with
            {
                Version = part.IsOwn || !part.CanOpen ? part.Version : default,

                // Live, a child's part names its latest submission also where an earlier one is the accepted one.
                Source = view.Total.Query.Layer == Layer.Submitted ? part.Source : null,
            }),
        ],
    });

    public static IEnumerable<TotalQuery> Queries(string tree) =>
        from scope in Enum.GetValues<Scope>()
        from layer in Enum.GetValues<Layer>()
        select new TotalQuery { Tree = tree, Scope = scope, Layer = layer };
}
