namespace Aggregation.TestKit.Postgres;

/// <summary>The class derives a suite for PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnPostgresAttribute : Attribute;
