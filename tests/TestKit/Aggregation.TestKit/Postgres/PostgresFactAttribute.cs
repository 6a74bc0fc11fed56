using Xunit;

namespace Aggregation.TestKit.Postgres;

/// <summary>A test that starts a PostgreSQL server of its own; skipped where the programs are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresBinaries.SkipReason;
}
