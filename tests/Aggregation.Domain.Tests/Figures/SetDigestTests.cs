using System.Security.Cryptography;
using System.Text;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Periods;
using FsCheck;
using FsCheck.Fluent;

namespace Aggregation.Domain.Tests.Figures;

public sealed class SetDigestTests
{
    private static readonly byte[] Content = SHA256.HashData("content"u8);

    private static Arbitrary<SetDigest[]> Digests => Arb.From(Gen.ArrayOf(
        from numbers in Gen.ArrayOf(Gen.Choose(int.MinValue, int.MaxValue), 4)
        select SetDigest.FromLimbs((uint)numbers[0], (uint)numbers[1], (uint)numbers[2], (uint)numbers[3])));

    [Fact]
    public void Of_Member_IsTheFirst128BitsOverTheLengthPrefixedParts()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var text in (string[])["jx", "360300", "2014", "2017Q3"])
            {
                var utf8 = Encoding.UTF8.GetBytes(text);
                writer.Write(utf8.Length);
                writer.Write(utf8);
            }

            writer.Write(7L);
            writer.Write(1);
            writer.Write(Content.Length);
            writer.Write(Content);
        }

        var digest = SetDigest.Of("jx", "360300", "2014", Period.Parse("2017Q3"), 7, 1, Content);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..32], digest.ToString());
    }

    [Fact]
    public void Of_AnyPartDiffers_GivesAnotherDigest()
    {
        var year = Period.Parse("2017");
        SetDigest[] digests =
        [
            SetDigest.Of("a", "b", "f", year, 1, 0, Content),
            SetDigest.Of("ab", "", "f", year, 1, 0, Content),
            SetDigest.Of("a", "bf", "", year, 1, 0, Content),
            SetDigest.Of("a", "b", "g", year, 1, 0, Content),
            SetDigest.Of("a", "b", "f", Period.Parse("2017Q1"), 1, 0, Content),
            SetDigest.Of("a", "b", "f", year, 2, 0, Content),
            SetDigest.Of("a", "b", "f", year, 1, 1, Content),
            SetDigest.Of("a", "b", "f", year, 1, 0, SHA256.HashData("other"u8)),
        ];

        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void Of_LongNames_DoesNotDependOnTheBuffer()
    {
        var name = new string('名', 1_000);
        Assert.Equal(
            SetDigest.Of(name, "u", "f", Period.Parse("2017"), 1, 0, Content),
            SetDigest.Of(name, "u", "f", Period.Parse("2017"), 1, 0, Content));
        Assert.NotEqual(SetDigest.Zero, SetDigest.Of(name, "u", "f", Period.Parse("2017"), 1, 0, Content));
    }

    [Fact]
    public void Add_AtTheTop_WrapsAround()
    {
        var last = new SetDigest(ulong.MaxValue, ulong.MaxValue);
        var one = new SetDigest(0, 1);

        Assert.Equal(SetDigest.Zero, last + one);
        Assert.Equal(last, SetDigest.Zero - one);
        Assert.Equal(new SetDigest(1, 0), new SetDigest(0, ulong.MaxValue) + one);
    }

    [Fact]
    public void Add_AnyOrder_GivesTheSameAndSubtractUndoesIt() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Digests, digests =>
        {
            var forward = digests.Aggregate(SetDigest.Zero, (sum, digest) => sum + digest);
            var backward = digests.Reverse().Aggregate(SetDigest.Zero, (sum, digest) => sum + digest);
            return forward == backward
                && digests.Aggregate(forward, (sum, digest) => sum - digest) == SetDigest.Zero;
        }));

    [Fact]
    public void FromLimbSums_SumsOfColumns_EqualTheSumOfDigests() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Digests, digests =>
        {
            long s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            foreach (var digest in digests)
            {
                var (l0, l1, l2, l3) = digest.Limbs;
                (s0, s1, s2, s3) = (s0 + l0, s1 + l1, s2 + l2, s3 + l3);
            }

            return SetDigest.FromLimbSums(s0, s1, s2, s3) == digests.Aggregate(SetDigest.Zero, (sum, digest) => sum + digest);
        }));

    [Fact]
    public void FromLimbSums_Carry_IsPassedOnAndLostAtTheTop()
    {
        const long twice = 2L * uint.MaxValue;
        var last = SetDigest.FromLimbs(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue);

        Assert.Equal(last + last, SetDigest.FromLimbSums(twice, twice, twice, twice));
        Assert.Equal(new SetDigest(0, 1UL << 32), SetDigest.FromLimbSums(1L << 32, 0, 0, 0));
        Assert.Equal(SetDigest.Zero, SetDigest.FromLimbSums(0, 0, 0, 1L << 32));
    }

    [Fact]
    public void FromLimbSums_Negative_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SetDigest.FromLimbSums(0, 0, -1, 0));

    [Fact]
    public void Parse_OfToString_IsTheSame()
    {
        var digest = new SetDigest(0x0123456789ABCDEF, 0x00000000000000FF);

        Assert.Equal("0123456789abcdef00000000000000ff", digest.ToString());
        Assert.Equal(digest, SetDigest.Parse(digest.ToString()));
        Assert.Throws<FormatException>(() => SetDigest.Parse("0123"));
        Assert.Throws<FormatException>(() => SetDigest.Parse(new string('g', 32)));
    }
}
