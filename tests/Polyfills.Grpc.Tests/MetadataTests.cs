using Grpc.Core;

namespace Aggregation.Polyfills.Grpc.Tests;

public sealed class MetadataTests
{
    [Fact]
    public void Add_KeyInCapitals_IsFoundInLowerCase()
    {
        var metadata = new Metadata { { "X-Key", "first" }, { "x-key", "last" } };

        Assert.Equal("x-key", metadata[0].Key);
        Assert.Equal("last", metadata.GetValue("X-KEY"));
        Assert.Equal(["first", "last"], metadata.GetAll("x-key").Select(entry => entry.Value));
        Assert.Null(metadata.GetValue("absent"));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("größe")]
    public void Add_KeyWithOtherCharacters_Throws(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata { { key, "value" } });

    [Fact]
    public void Add_ValueOfTheWrongKind_Throws()
    {
        Assert.Throws<ArgumentException>(() => new Metadata { { "key-bin", "text" } });
        Assert.Throws<ArgumentException>(() => new Metadata { { "key", [1] } });
    }

    [Fact]
    public void Value_OfABinaryEntry_Throws()
    {
        var entry = new Metadata.Entry("key-bin", [1, 2]);

        Assert.True(entry.IsBinary);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
        Assert.Equal([1, 2], entry.ValueBytes);
    }

    [Fact]
    public void Add_ToEmpty_Throws() => Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("key", "value"));

    [Fact]
    public void ToString_OfAStatus_NamesCodeAndDetail() => Assert.Equal(
        "Status(StatusCode=\"NotFound\", Detail=\"no unit\")", new Status(StatusCode.NotFound, "no unit").ToString());
}
