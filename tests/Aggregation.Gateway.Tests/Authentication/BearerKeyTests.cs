using Aggregation.Gateway.Authentication;

namespace Aggregation.Gateway.Tests.Authentication;

public sealed class BearerKeyTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void TryParse_Key_GivesItsPartsAndTheHashOfItsSecret()
    {
        Assert.True(BearerKey.TryParse($"Bearer agk_hu-nan_0123456789ab_{Secret}", out var key));

        Assert.Equal(("hu-nan", "0123456789ab"), (key.Tenant, key.KeyId));
        Assert.Equal("a8ae6e6ee929abea3afcfc5258c8ccd6f85273e0d4626d26c7279f3250f77c8e", key.SecretHash);
    }

    [Theory]
    [InlineData("agk_hunan_0123456789ab_" + Secret)]
    [InlineData("Basic agk_hunan_0123456789ab_" + Secret)]
    [InlineData("Bearer  agk_hunan_0123456789ab_" + Secret)]
    [InlineData("Bearer xgk_hunan_0123456789ab_" + Secret)]
    [InlineData("Bearer agk__0123456789ab_" + Secret)]
    [InlineData("Bearer agk_hunan_0123456789a_" + Secret)]
    [InlineData("Bearer agk_hunan_0123456789aB_" + Secret)]
    [InlineData("Bearer agk_hu/nan_0123456789ab_" + Secret)]
    [InlineData("Bearer agk_Hunan_0123456789ab_" + Secret)]
    [InlineData("Bearer agk_hunan_0123456789ab_" + Secret + "0")]
    [InlineData("Bearer agk_hunan_0123456789ab-" + Secret)]
    [InlineData("Bearer agk_hunan")]
    [InlineData("Bearer ")]
    [InlineData("")]
    public void TryParse_AnythingElse_IsNoKey(string authorization) => Assert.False(BearerKey.TryParse(authorization, out _));
}
