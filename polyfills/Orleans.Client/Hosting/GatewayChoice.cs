namespace Orleans.Runtime.Hosting;

/// <summary>How the client was told to find a silo.</summary>
internal sealed class GatewayChoice
{
    /// <summary>The silo's port for clients; null until <c>UseLocalhostClustering</c> is called.</summary>
    public int? Port { get; set; }

    /// <summary>Whether to try again after a failure; null: never.</summary>
    public Func<Exception, CancellationToken, Task<bool>>? Retry { get; set; }
}
