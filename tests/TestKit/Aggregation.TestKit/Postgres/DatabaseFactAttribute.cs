using Xunit;
using Xunit.Sdk;

namespace Aggregation.TestKit.Postgres;

/// <summary>
/// A test of a suite that is derived once per database. In a class with <see cref="OnPostgresAttribute"/> it is skipped
/// where PostgreSQL's programs are missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Aggregation.TestKit.Postgres.DatabaseFactDiscoverer", "Aggregation.TestKit")]
public sealed class DatabaseFactAttribute : FactAttribute;
