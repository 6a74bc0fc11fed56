using Aggregation.Cli.Files;
using Aggregation.V1;

namespace Aggregation.Cli.Tests.Files;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("428", 428, 0)]
    [InlineData("2.5", 2, 500_000_000)]
    [InlineData("0.000000001", 0, 1)]
    [InlineData("-1.25", -1, -250_000_000)]
    [InlineData("-0.5", 0, -500_000_000)]
    [InlineData("9223372036854775807", long.MaxValue, 0)]
    public void TryParse_PlainDecimal_IsExactAndFormatsBack(string text, long units, int nanos)
    {
        Assert.True(AmountText.TryParse(text, out var amount));
        Assert.Equal(new Amount { Units = units, Nanos = nanos }, amount);
        Assert.Equal(text, AmountText.Format(amount));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("+1")]
    [InlineData("１")]
    [InlineData("0.0000000001")]
    [InlineData("9223372036854775808")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(AmountText.TryParse(text, out _));

    [Theory]
    [InlineData("41126", "41,126")]
    [InlineData("-1234567.5", "-1,234,567.5")]
    [InlineData("-0.5", "-0.5")]
    public void Display_LongFigure_SeparatesThousands(string text, string shown)
    {
        Assert.True(AmountText.TryParse(text, out var amount));
        Assert.Equal(shown, AmountText.Display(amount));
    }
}
