using System.Data.Common;

namespace Orleans.Configuration;

/// <summary>Where a client finds silos.</summary>
public class AdoNetClusteringClientOptions
{
    /// <summary>Where the database is.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Makes connections to the database.</summary>
    public DbDataSource? DataSource { get; set; }

    /// <summary>The name of the ADO.NET provider.</summary>
    public string? Invariant { get; set; }
}
