using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Rollups;
using Aggregation.Gateway.Telemetry;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Names in requests become keys here and nowhere else; the tenant is always the caller's.</summary>
internal static class LedgerMapping
{
    /// <exception cref="RefusedException">A name is not well formed; every such one is named.</exception>
    public static LedgerKey Ledger(Caller caller, string unit, string form, string period, string prefix = "")
    {
        var key = new LedgerKey(caller.Tenant, form, period, unit);
        if (!key.IsWellFormed(out _))
        {
            throw Malformed(key, prefix);
        }

        // A call that is about one ledger says so in its span.
        if (GatewayTelemetry.Current is { } span)
        {
            span.SetTag("aggregation.form", form).SetTag("aggregation.period", period).SetTag("aggregation.unit", unit);
        }

        return key;
    }

    public static (LedgerKey Ledger, TotalQuery Query) Total(Caller caller, V1.TotalSelector? selector)
    {
        if (selector is null)
        {
            throw Faults.Refuse(Faults.Missing("total"));
        }

        var ledger = Ledger(caller, selector.Unit, selector.Form, selector.Period, "total.");
        var query = new TotalQuery
        {
            Tree = Tree("total.tree", selector.Tree),
            Scope = Scope("total.scope", selector.Scope),
            Layer = Layer("total.layer", selector.Layer),
        };
        return (ledger, query);
    }

    /// <summary>The point in the past that a total is asked for; null: live.</summary>
    public static AsOfPoint? AsOf(V1.TotalSelector selector)
    {
        if (selector.AsOf is not { } asOf)
        {
            return null;
        }

        if (asOf.At is null && !asOf.HasPosition)
        {
            throw Faults.Refuse(Faults.Missing("total.as_of"));
        }

        return new AsOfPoint
        {
            At = asOf.At is null ? null : Instant("total.as_of.at", asOf.At),
            Position = asOf.HasPosition ? asOf.Position : null,
        };
    }

    public static V1.AsOf? AsOf(AsOfPoint? asOf)
    {
        if (asOf is null)
        {
            return null;
        }

        var reply = new V1.AsOf { At = asOf.At is { } at ? Timestamp.FromDateTimeOffset(at) : null };
        if (asOf.Position is { } position)
        {
            reply.Position = position;
        }

        return reply;
    }

    public static Scope Scope(string field, V1.Scope scope) => scope switch
    {
        V1.Scope.Unspecified or V1.Scope.Region => Domain.Rollups.Scope.Region,
        V1.Scope.Level => Domain.Rollups.Scope.Level,
        V1.Scope.Own => Domain.Rollups.Scope.Own,
        _ => throw Faults.Refuse(Faults.OutOfRange(field, (long)scope, 0, 3)),
    };

    public static Layer Layer(string field, V1.Layer layer) => layer switch
    {
        V1.Layer.Unspecified or V1.Layer.Submitted => Domain.Rollups.Layer.Submitted,
        V1.Layer.Accepted => Domain.Rollups.Layer.Accepted,
        _ => throw Faults.Refuse(Faults.OutOfRange(field, (long)layer, 0, 2)),
    };

    /// <summary>A tree by name; none given is the territory's.</summary>
    public static string Tree(string field, string tree) =>
        tree.Length == 0 ? Names.Territory : Code(field, tree);

    public static string Code(string field, string value) =>
        Names.IsCode(value) ? value : throw Faults.Refuse(Faults.Code(field, value));

    /// <summary>A day; none given is null.</summary>
    public static DateOnly? Date(string field, string value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        return DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Faults.Refuse(Faults.Date(field, value));
    }

    public static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static LedgerVersion Version(V1.Version version) => new(version.Epoch, version.Version_);

    public static V1.Version Version(LedgerVersion version) => new() { Epoch = version.Epoch, Version_ = version.Version };

    public static V1.Amount Amount(Amount amount) => new() { Units = amount.Units, Nanos = amount.Nanos };

    private static DateTimeOffset Instant(string field, Timestamp instant)
    {
        try
        {
            return instant.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw Faults.Refuse(Faults.Instant(field, instant.Seconds));
        }
    }

    private static RefusedException Malformed(LedgerKey key, string prefix)
    {
        var violations = new List<Violation>();
        foreach (var (field, value) in new[] { ("unit", key.Unit), ("form", key.Form), ("period", key.Period) })
        {
            if (!Names.IsCode(value))
            {
                violations.Add(Faults.Code(prefix + field, value));
            }
        }

        return Faults.Refuse([.. violations]);
    }
}
