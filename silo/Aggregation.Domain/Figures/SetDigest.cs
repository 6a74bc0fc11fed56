using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Figures;

/// <summary>
/// The digest of a set of counting revisions: the sum modulo 2¹²⁸ of one 128-bit hash per member. Independent of order;
/// equal digests show that two totals are made of exactly the same revisions with the same contents.
/// </summary>
/// <param name="High">The upper 64 bits.</param>
/// <param name="Low">The lower 64 bits.</param>
public readonly record struct SetDigest(ulong High, ulong Low)
{
    private SetDigest(UInt128 value)
        : this((ulong)(value >> 64), (ulong)value)
    {
    }

    /// <summary>The digest of the empty set.</summary>
    public static SetDigest Zero => default;

    /// <summary>The four 32-bit parts, least significant first, as a database keeps them in integer columns.</summary>
    public (uint L0, uint L1, uint L2, uint L3) Limbs => ((uint)Low, (uint)(Low >> 32), (uint)High, (uint)(High >> 32));

    private UInt128 Value => new(High, Low);

    public static SetDigest FromUInt128(UInt128 value) => new(value);

    public UInt128 ToUInt128() => Value;

    /// <summary>The digest of the set that has just this member.</summary>
    /// <param name="revision">The number of the revision, from 1.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="contentHash">The hash of the revision's content.</param>
    public static SetDigest Of(
        string tenant, string unit, string form, Period period, long revision, int layer, ReadOnlySpan<byte> contentHash)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(form);
        var periodText = period.ToString();
        var most = (5 * sizeof(int)) + sizeof(long) + sizeof(int) + contentHash.Length
            + Encoding.UTF8.GetMaxByteCount(tenant.Length + unit.Length + form.Length + periodText.Length);
        byte[]? rented = null;
        var bytes = most <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var length = 0;
            Append(bytes, ref length, tenant);
            Append(bytes, ref length, unit);
            Append(bytes, ref length, form);
            Append(bytes, ref length, periodText);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[length..], revision);
            length += sizeof(long);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[length..], layer);
            length += sizeof(int);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[length..], contentHash.Length);
            length += sizeof(int);
            contentHash.CopyTo(bytes[length..]);
            length += contentHash.Length;
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes[..length], hash);
            return new SetDigest(
                BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Puts the four parts together again.</summary>
    public static SetDigest FromLimbs(uint l0, uint l1, uint l2, uint l3) =>
        new(((ulong)l3 << 32) | l2, ((ulong)l1 << 32) | l0);

    /// <summary>
    /// The digest of a set from the plain sums of its members' parts, as one <c>SUM</c> per column yields them: carries
    /// are passed on, modulo 2¹²⁸. Exact for up to 2³¹ members.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A sum is negative: it has overflowed, or the column is not unsigned.</exception>
    public static SetDigest FromLimbSums(long sum0, long sum1, long sum2, long sum3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sum0);
        ArgumentOutOfRangeException.ThrowIfNegative(sum1);
        ArgumentOutOfRangeException.ThrowIfNegative(sum2);
        ArgumentOutOfRangeException.ThrowIfNegative(sum3);
        return new SetDigest(unchecked(
            (UInt128)(ulong)sum0 + ((UInt128)(ulong)sum1 << 32) + ((UInt128)(ulong)sum2 << 64) + ((UInt128)(ulong)sum3 << 96)));
    }

    /// <summary>The union with a set that shares no member.</summary>
    public SetDigest Add(SetDigest other) => new(unchecked(Value + other.Value));

    /// <summary>What is left without a set that is wholly contained.</summary>
    public SetDigest Subtract(SetDigest other) => new(unchecked(Value - other.Value));

    public static SetDigest operator +(SetDigest left, SetDigest right) => left.Add(right);

    public static SetDigest operator -(SetDigest left, SetDigest right) => left.Subtract(right);

    /// <summary>Reads 32 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is not 32 hexadecimal digits.</exception>
    public static SetDigest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 32 && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new SetDigest(value)
            : throw new FormatException($"Set digest '{text}' is not valid: 32 hexadecimal digits.");
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    private static void Append(Span<byte> bytes, ref int length, string text)
    {
        var written = Encoding.UTF8.GetBytes(text, bytes[(length + sizeof(int))..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[length..], written);
        length += sizeof(int) + written;
    }
}
