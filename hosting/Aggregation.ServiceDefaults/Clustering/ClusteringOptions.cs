namespace Aggregation.ServiceDefaults.Clustering;

/// <summary>
/// The cluster that a silo or a gateway of its own process belongs to. Without a connection string there is none: silo and gateway find each
/// other on the loopback, one of each.
/// </summary>
public sealed class ClusteringOptions
{
    public const string SectionName = "Cluster";

    /// <summary>Orleans' service: what the members of any cluster of this product have in common; snapshots are kept by it.</summary>
    public const string Service = "aggregation";

    /// <summary>
    /// The PostgreSQL database with the table of members, as <c>keyword=value</c> pairs of Npgsql; <c>Host</c>, <c>Database</c> and
    /// <c>Username</c> are required. It may hold a password, so it is never logged and no message repeats it. Empty: no cluster.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Tells clusters in one database apart: 1–64 lower-case letters, digits and hyphens. Default <c>aggregation</c>.</summary>
    public string Id { get; set; } = "aggregation";

    /// <summary>Whether there is a cluster.</summary>
    public bool IsOn => ConnectionString.Length > 0;
}
