namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

/// <summary>One server for the classes that use Orleans' tables.</summary>
[CollectionDefinition(Name)]
public sealed class OrleansTables : ICollectionFixture<OrleansDatabase>
{
    public const string Name = "Orleans' tables";
}
