using Xunit;
using Xunit.Sdk;

namespace Aggregation.TestKit.Postgres;

/// <summary>As <see cref="DatabaseFactAttribute"/>, for a test that is given values.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Aggregation.TestKit.Postgres.DatabaseTheoryDiscoverer", "Aggregation.TestKit")]
public sealed class DatabaseTheoryAttribute : TheoryAttribute;
