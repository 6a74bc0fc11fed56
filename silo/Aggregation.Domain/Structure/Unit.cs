using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Aggregation.Domain.Structure;

/// <summary>
/// 单位: a node of one tree over one stretch of days. A unit that was moved or renamed has several, each beginning on the
/// day on which the one before ends.
/// </summary>
/// <param name="Code">Unique within the tenant; see <see cref="UnitCode"/>.</param>
/// <param name="Name">As its owner writes it, 1–200 characters; the same in every tree.</param>
/// <param name="Kind">The same in every tree.</param>
/// <param name="Level">The same in every tree; <see cref="UnitLevel.None"/> unless a government.</param>
/// <param name="Parent">Code of the unit above it in this tree; null for a root.</param>
/// <param name="From">First day of the stretch; null: since ever.</param>
/// <param name="To">First day after the stretch; null: open.</param>
/// <param name="Successor">Code of the unit that took its place when it ended on <paramref name="To"/>; null: nobody did.</param>
public sealed record Unit(
    string Code, string Name, UnitKind Kind, UnitLevel Level, string? Parent, DateOnly? From, DateOnly? To,
    string? Successor = null)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 200;

    /// <summary>128 bits that stand for the code in sums over sets of units.</summary>
    internal UInt128 Mark { get; } = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Code)));

    /// <summary>Whether <see cref="From"/> ≤ day &lt; <see cref="To"/>.</summary>
    public bool IsInForce(DateOnly day) => (From is null || From <= day) && (To is null || day < To);
}
