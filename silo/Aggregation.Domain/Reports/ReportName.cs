using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Reports;

/// <summary>Whose report it is, on which form, and for when.</summary>
public readonly record struct ReportName(string Tenant, string Unit, string Form, Period Period);
