using Aggregation.Domain.Figures;
using FsCheck;
using FsCheck.Fluent;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Figures;

public sealed class FiguresTests
{
    [Fact]
    public void Of_EmptyAndZero_AreDifferent()
    {
        var zero = Vector.Of(0, 5);
        var empty = Vector.Of(null, 5);

        Assert.NotEqual(zero, empty);
        Assert.True(zero.Has(0));
        Assert.False(empty.Has(0));
        Assert.Equal(0, empty[0]);
        Assert.Equal(1, empty.GivenCount);
        Assert.NotEqual(zero.Pack(), empty.Pack());
    }

    [Fact]
    public void Pack_KnownFigures_IsTheStableFormat()
    {
        Assert.Equal([0x01, 0x00], Vector.Empty(0).Pack());
        Assert.Equal("0104 0D 02 00 FEFFFFFFFFFFFFFFFF01".Replace(" ", "", StringComparison.Ordinal),
            Convert.ToHexString(Vector.Of(1, null, 0, long.MaxValue).Pack()));
        Assert.Equal("010901000D", Convert.ToHexString(Vector.Of(-7, null, null, null, null, null, null, null, null).Pack()));
    }

    [Fact]
    public void Unpack_OfPack_IsTheSame() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Vectors.Figures(0, 140), figures =>
        {
            var packed = figures.Pack();
            var unpacked = Vector.Unpack(packed);
            return unpacked.Equals(figures) && unpacked.GetHashCode() == figures.GetHashCode()
                && unpacked.Pack().AsSpan().SequenceEqual(packed);
        }));

    [Fact]
    public void Unpack_CutOffAnywhere_IsRefused()
    {
        var packed = Vector.Of([.. Enumerable.Range(0, 70).Select(i => i % 3 == 0 ? (long?)null : i * 1000L)]).Pack();

        for (var length = 0; length < packed.Length; length++)
        {
            var refused = Assert.Throws<FormatException>(() => Vector.Unpack(packed.AsSpan(0, length)));
            Assert.StartsWith($"Packed figures of {length} bytes are damaged at byte ", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "they end too early")]
    [InlineData("0200", "the format byte is 2, not 1")]
    [InlineData("010000", "1 bytes follow the last value")]
    [InlineData("010202", "they end too early")]
    [InlineData("010204", "a cell beyond the last of 2 is marked as given")]
    [InlineData("0101018000", "a number is longer than it needs to be")]
    [InlineData("010101FFFFFFFFFFFFFFFFFF02", "a number exceeds 64 bits")]
    [InlineData("01FFFFFF0F00", "a count is 33554431, over 40")]
    public void Unpack_NotAsPacked_IsRefusedWithTheRule(string hex, string rule)
    {
        var bytes = Convert.FromHexString(hex);

        var refused = Assert.Throws<FormatException>(() => Vector.Unpack(bytes));

        Assert.EndsWith($": {rule}.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SetAfterwards_DoesNotReachTheFigures()
    {
        var builder = new FiguresBuilder(2).Set(0, 1);
        var figures = builder.Build();

        builder.Set(1, 2);

        Assert.Equal(Vector.Of(1, null), figures);
    }
}
