namespace Aggregation.Gateway.Tests.EndToEnd;

/// <summary>One cluster for all end-to-end tests, one after the other: a process holds one silo.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<Cluster>
{
    public const string Name = "cluster";
}
