using System.Diagnostics.CodeAnalysis;

namespace Aggregation.Contracts;

/// <summary>
/// Names one ledger: the figures of a unit on a form for a period, in a tenant. The only way to make or read a
/// ledger's grain key. The text form contains '/', so that Orleans never takes it for a hexadecimal number.
/// </summary>
/// <param name="Tenant">The tenant, always from the caller's credential.</param>
/// <param name="Form">Form identifier, such as <c>2014</c>.</param>
/// <param name="Period">Reporting period in canonical text, such as <c>2017</c>, <c>2017Q3</c>, <c>2017-11</c>.</param>
/// <param name="Unit">Unit code, such as <c>411300-G01</c>.</param>
[GenerateSerializer, Immutable, Alias("aggregation.LedgerKey")]
public readonly record struct LedgerKey(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string Form,
    [property: Id(2)] string Period,
    [property: Id(3)] string Unit)
{
    /// <summary>The same form and period at another unit.</summary>
    public LedgerKey At(string unit) => this with { Unit = unit };

    /// <summary>Whether every part is a name this key can carry; a request's parts must be tried before use.</summary>
    /// <param name="part">The name of the first part that cannot stand, or null.</param>
    public bool IsWellFormed([NotNullWhen(false)] out string? part)
    {
        part = !Names.IsTenant(Tenant) ? "tenant"
            : !Names.IsCode(Unit) ? "unit"
            : !Names.IsCode(Form) ? "form"
            : !Names.IsCode(Period) ? "period"
            : null;
        return part is null;
    }

    /// <summary>The stream of the journal that holds this ledger's entries.</summary>
    public string Stream => $"ledger/{Form}/{Period}/{Unit}";

    /// <summary>Reads the name of a stream back; false where the stream is not a ledger's.</summary>
    public static bool TryParseStream(string tenant, string stream, out LedgerKey key)
    {
        var parts = stream.Split('/');
        var isLedger = parts is ["ledger", _, _, _];
        key = isLedger ? new LedgerKey(tenant, parts[1], parts[2], parts[3]) : default;
        return isLedger;
    }

    public override string ToString() => $"{Tenant}/{Form}/{Period}/{Unit}";

    /// <summary>Reads a grain key back.</summary>
    /// <exception cref="FormatException">The text is not a ledger key.</exception>
    public static LedgerKey Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 4
            ? new LedgerKey(parts[0], parts[1], parts[2], parts[3])
            : throw new FormatException($"'{text}' is not a ledger key: tenant/form/period/unit.");
    }
}
