namespace Aggregation.Gateway.Tests;

/// <summary>One server for all tests of a real one; each that changes something has a tenant of its own there.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<Server>
{
    public const string Name = "server";
}
