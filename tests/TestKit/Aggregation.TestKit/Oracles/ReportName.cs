namespace Aggregation.TestKit.Oracles;

/// <summary>Whose report on what it is.</summary>
public readonly record struct ReportName(string Tenant, string Form, string Period, string Unit);
