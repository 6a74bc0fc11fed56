using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Hosting;

/// <summary>One server for the classes that run on PostgreSQL, each test on a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresDatabases : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
