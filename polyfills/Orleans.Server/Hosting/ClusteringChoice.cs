using System.Net;

namespace Orleans.Runtime.Hosting;

/// <summary>How the silo was told to find others.</summary>
internal sealed class ClusteringChoice
{
    /// <summary>Whether <c>UseLocalhostClustering</c> was called.</summary>
    public bool IsLocalhost { get; set; }

    /// <summary>The silo to join; null to be the first.</summary>
    public IPEndPoint? Primary { get; set; }
}
