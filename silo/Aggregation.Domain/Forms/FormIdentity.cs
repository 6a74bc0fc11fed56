using System.Collections.Immutable;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Forms;

/// <summary>What a form is called, which definition it comes from, and when it is in use.</summary>
internal sealed record FormIdentity(
    string Id,
    string NameZh,
    string NameEn,
    string ContentHash,
    ImmutableArray<PeriodKind> Periods,
    int? FirstYear,
    int? LastYear,
    bool PlansAhead);
