using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Structure;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Tenants and units between the wire and the contracts.</summary>
internal static class TenantMapping
{
    public static TenantSettings Settings(V1.TenantSettings? settings) =>
        new(settings is not { HasAutoAccept: true, AutoAccept: false }, settings is not { HasFillTotals: true, FillTotals: false },
            settings is { RequireSignature: true }, settings is { HasFourEyes: true } ? settings.FourEyes : null)
        {
            CheckSumsBelow = settings is not { HasCheckSumsBelow: true, CheckSumsBelow: false },
            LockOnCompletion = settings is { LockOnCompletion: true },
        };

    public static V1.TenantSettings Settings(TenantSettings settings) => new()
    {
        AutoAccept = settings.AutoAccept,
        FillTotals = settings.FillTotals,
        RequireSignature = settings.RequireSignature,
        FourEyes = settings.FourEyes is true,
        CheckSumsBelow = settings.CheckSumsBelow,
        LockOnCompletion = settings.LockOnCompletion,
    };

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
        Kind = UnitWords.Of(unit.Kind),
        Level = UnitWords.Of(unit.Level),
        Parent = unit.Parent,
    };
}
