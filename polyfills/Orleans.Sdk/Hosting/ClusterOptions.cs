namespace Orleans.Configuration;

/// <summary>Which cluster a silo or client belongs to.</summary>
public class ClusterOptions
{
    /// <summary>Identifies the cluster; differs between deployments. Default of localhost clustering: <c>dev</c>.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>Identifies the service; stays over deployments, part of stored keys. Default: <c>dev</c>, as above.</summary>
    public string ServiceId { get; set; } = "default";
}
