using Aggregation.Contracts.Tenants;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Tenants, units and forms between the wire and the contracts.</summary>
internal static class TenantMapping
{
    public static TenantSettings Settings(V1.TenantSettings? settings) =>
        settings is { HasAutoAccept: true } ? new TenantSettings(settings.AutoAccept) : new TenantSettings();

    public static V1.TenantSettings Settings(TenantSettings settings) => new() { AutoAccept = settings.AutoAccept };

    public static V1.Tenant Tenant(TenantView tenant) => new()
    {
        Tenant_ = tenant.Tenant,
        Name = tenant.Name,
        CreatedAt = Timestamp.FromDateTimeOffset(tenant.CreatedAt),
    };

    public static V1.Unit Unit(UnitView unit) => new()
    {
        Code = unit.Code,
        Name = unit.Name,
        Kind = unit.Kind,
        Level = unit.Level,
        Parent = unit.Parent,
    };

    public static V1.Form Form(FormView form)
    {
        var reply = new V1.Form { Form_ = form.Form, NameZh = form.NameZh, NameEn = form.NameEn, Hash = form.Hash };
        reply.Periods.AddRange(form.Periods);
        foreach (var cell in form.Cells)
        {
            reply.Cells.Add(new V1.FormCell
            {
                Code = cell.Code,
                NameZh = cell.NameZh,
                NameEn = cell.NameEn,
                Measure = cell.Measure,
                Scale = cell.Scale,
                Kind = cell.Kind,
                Section = cell.Section,
                Parent = cell.Parent,
                Max = LedgerMapping.Amount(cell.Max),
            });
        }

        foreach (var check in form.Checks)
        {
            reply.Checks.Add(new V1.FormCheck
            {
                CheckId = check.CheckId,
                Severity = SubmissionMapping.SeverityOf(check.Severity),
                Rule = check.Rule,
                MessageZh = check.MessageZh,
                MessageEn = check.MessageEn,
            });
        }

        foreach (var derived in form.Derived)
        {
            reply.Derived.Add(new V1.FormDerived
            {
                Code = derived.Code,
                NameZh = derived.NameZh,
                NameEn = derived.NameEn,
                Measure = derived.Measure,
                Expression = derived.Expression,
            });
        }

        return reply;
    }
}
