using System.Buffers.Binary;
using System.Text;

namespace Aggregation.Polyfills.Orleans.Tests.Storage;

public sealed class StableHashTests
{
    /// <summary>Published values of xxHash, 32 bits, seed 0; Orleans reads their bytes in the other order.</summary>
    [Theory]
    [InlineData("", 0x02CC5D05)]
    [InlineData("a", 0x550D7456)]
    [InlineData("abc", 0x32D153FF)]
    [InlineData("Nobody inspects the spammish repetition", 0xE2293B2F)]
    public void ComputeHash_KnownText_IsXxHash32WithItsBytesReversed(string text, uint hash) =>
        Assert.Equal(BinaryPrimitives.ReverseEndianness(hash), StableHash.ComputeHash(Encoding.UTF8.GetBytes(text)));
}
