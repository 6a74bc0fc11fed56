using System.Buffers;
using System.Text;

namespace Aggregation.Domain.Texts;

/// <summary>What bytes look like when they are read as UTF-8.</summary>
/// <param name="FirstInvalid">Offset of the first byte that is not UTF-8; -1 where all are.</param>
/// <param name="Invalid">Places that are not UTF-8.</param>
/// <param name="Wide">Characters of three bytes and more, as every Chinese one is.</param>
/// <param name="Narrow">Different characters of two bytes, U+0080 to U+07FF; counted up to <see cref="Most"/>.</param>
internal readonly record struct Utf8Survey(int FirstInvalid, int Invalid, int Wide, int Narrow)
{
    /// <summary>From so many different characters on nobody takes a text for one of another encoding.</summary>
    public const int Most = 16;

    public bool IsValid => Invalid == 0;

    /// <summary>Few different characters, and none of them Chinese: so may a few Chinese ones of GB18030 look, by chance.</summary>
    public bool IsDoubtful => IsValid && Wide == 0 && Narrow is > 0 and < Most;

    /// <summary>
    /// Mostly UTF-8, which text of another encoding is not by chance: a file cut off within a character, or put together from two.
    /// </summary>
    public bool IsDamaged => Wide > Invalid && Invalid > 0;

    public static Utf8Survey Of(ReadOnlySpan<byte> bytes)
    {
        var narrow = new HashSet<Rune>();
        var (first, invalid, wide, at) = (-1, 0, 0, 0);
        while (at < bytes.Length)
        {
            var plain = bytes[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (plain < 0)
            {
                break;
            }

            at += plain;
            if (Rune.DecodeFromUtf8(bytes[at..], out var character, out var length) != OperationStatus.Done)
            {
                first = invalid++ == 0 ? at : first;
            }
            else if (length > 2)
            {
                wide++;
            }
            else if (narrow.Count < Most)
            {
                narrow.Add(character);
            }

            at += length;
        }

        return new Utf8Survey(first, invalid, wide, narrow.Count);
    }
}
