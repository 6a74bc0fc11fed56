namespace Aggregation.Domain.Rollups;

/// <summary>Which revisions count. The number enters set digests and is for ever.</summary>
[GenerateSerializer, Alias("aggregation.Layer")]
public enum Layer
{
    /// <summary>已报: the latest revision that is not returned or withdrawn.</summary>
    Submitted = 0,

    /// <summary>已审: the latest accepted revision.</summary>
    Accepted = 1,
}
