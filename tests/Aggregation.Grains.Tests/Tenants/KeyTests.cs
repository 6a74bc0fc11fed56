using System.Security.Cryptography;
using System.Text;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Tenants;

/// <summary>Keys in time: expiry, rotation, whose they are, and when they were used.</summary>
public sealed class KeyTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly Subtree Whole = new(Names.Territory, Subtree.Everything);

    private ITenantGrain South => Silo.Tenant(Tenant);

    private IPlatformGrain Platform => Silo.Grains.GetGrain<IPlatformGrain>(TenantKeys.Platform);

    [Fact]
    public async Task CreateKey_EveryRole_AuthenticatesWithItAlsoAfterRestart()
    {
        var created = await CreateAsync(new CreateKeyCommand
        {
            Label = "x",
            Review = new Subtree(Names.Territory, City),
            Submit = new Subtree(Names.Territory, City) { UnitOnly = true },
            User = "wang.f",
        });

        await RestartAsync();

        Assert.Equal(
            new Caller
            {
                Tenant = Tenant,
                KeyId = created.Key.KeyId,
                Review = new Subtree(Names.Territory, City),
                Submit = new Subtree(Names.Territory, City) { UnitOnly = true },
                User = "wang.f",
            },
            await OpenAsync(created));
    }

    [Fact]
    public async Task Authenticate_ExpiredKey_OpensNothing()
    {
        var end = Silo.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        var created = await CreateAsync(new CreateKeyCommand { Label = "x", Read = Whole, ExpiresAt = end });
        Assert.NotNull(await OpenAsync(created));

        Silo.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(await OpenAsync(created));
        Assert.Equal(end.ToUnixTimeMilliseconds(), (await ListedAsync(created)).ExpiresAt!.Value.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(40_000)]
    public async Task CreateKey_ExpiryNotInTheFuture_NamesTheField(int days)
    {
        var expiry = Silo.Clock.GetUtcNow() + TimeSpan.FromDays(days);

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => CreateAsync(
            new CreateKeyCommand { Label = "x", Read = Whole, ExpiresAt = expiry }));

        Assert.Equal("expires_at", Assert.Single(refusal.Violations).Field);
    }

    [Theory]
    [InlineData("王芳")]
    [InlineData("a b")]
    [InlineData("wang@example")]
    public async Task CreateKey_UserThatIsNoIdentifier_NamesTheField(string user)
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => CreateAsync(
            new CreateKeyCommand { Label = "x", Read = Whole, User = user }));

        Assert.Equal(("user", user), (Assert.Single(refusal.Violations).Field, refusal.Violations[0].Value));
    }

    [Fact]
    public async Task RotateKey_WithOverlap_BothOpenUntilItEnds()
    {
        var old = await CreateAsync(new CreateKeyCommand { Label = "x", Read = Whole, User = "service" });

        var rotated = await South.RotateKey(Caller, new RotateKeyCommand { KeyId = old.Key.KeyId, Overlap = TimeSpan.FromHours(2) });

        Assert.Equal(("x", Whole, "service", null), (rotated.Key.Label, rotated.Key.Read, rotated.Key.User, rotated.Key.ExpiresAt));
        Assert.Equal(rotated.Key.KeyId, (await ListedAsync(old)).ReplacedBy);
        await RestartAsync();
        Assert.NotNull(await OpenAsync(old));
        Assert.NotNull(await OpenAsync(rotated));
        Silo.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Null(await OpenAsync(old));
        Assert.NotNull(await OpenAsync(rotated));
    }

    [Fact]
    public async Task RotateKey_ThatExpires_LastsAsLongAsTheOldOneDidAndNeverProlongsIt()
    {
        var now = Silo.Clock.GetUtcNow();
        var old = await CreateAsync(new CreateKeyCommand { Label = "x", Read = Whole, ExpiresAt = now + TimeSpan.FromDays(10) });
        Silo.Clock.Advance(TimeSpan.FromDays(9));

        var rotated = await South.RotateKey(Caller, new RotateKeyCommand { KeyId = old.Key.KeyId, Overlap = TimeSpan.FromDays(30) });

        Assert.Equal(10, Math.Round((rotated.Key.ExpiresAt!.Value - rotated.Key.CreatedAt).TotalDays, 3));
        Assert.Equal(old.Key.ExpiresAt, (await ListedAsync(old)).ExpiresAt);
    }

    [Fact]
    public async Task RotateKey_TwiceRevokedUnknownOrTooLong_IsRefused()
    {
        var old = await CreateAsync(new CreateKeyCommand { Label = "x", Read = Whole });
        var rotation = new RotateKeyCommand { KeyId = old.Key.KeyId, Overlap = TimeSpan.FromDays(1) };
        var refusal = await RefusedAsync(
            RefusalKind.Invalid, () => South.RotateKey(Caller, rotation with { Overlap = TimeSpan.FromDays(91) }));
        Assert.Equal("overlap", Assert.Single(refusal.Violations).Field);
        await RefusedAsync(RefusalKind.NotFound, () => South.RotateKey(Caller, rotation with { KeyId = "unknown" }));

        var rotated = await South.RotateKey(Caller, rotation);

        await RefusedAsync(RefusalKind.FailedPrecondition, () => South.RotateKey(Caller, rotation));
        await South.RevokeKey(Caller, rotated.Key.KeyId);
        await RefusedAsync(RefusalKind.FailedPrecondition, () => South.RotateKey(Caller, rotation with { KeyId = rotated.Key.KeyId }));
    }

    [Fact]
    public async Task LastAdministratorThatDoesNotExpire_Stays()
    {
        var first = Assert.Single(await South.ListKeys(Caller)).KeyId;
        var expiring = Silo.Clock.GetUtcNow() + TimeSpan.FromDays(1);
        await CreateAsync(new CreateKeyCommand { Label = "x", IsAdministrator = true, ExpiresAt = expiring });
        await RefusedAsync(RefusalKind.FailedPrecondition, () => South.RevokeKey(Caller, first));
        await RefusedAsync(RefusalKind.FailedPrecondition, () => South.RotateKey(
            Caller, new RotateKeyCommand { KeyId = first, Overlap = TimeSpan.Zero, ExpiresAt = expiring }));

        var second = await CreateAsync(new CreateKeyCommand { Label = "x", IsAdministrator = true, User = "li" });
        await South.RevokeKey(Caller, first);

        await RefusedAsync(RefusalKind.FailedPrecondition, () => South.SetUser(Caller, "li", isEnabled: false));
        Assert.NotNull(await OpenAsync(second));
    }

    [Fact]
    public async Task SetUser_Disabled_OpensNothingUntilEnabled()
    {
        var one = await CreateAsync(new CreateKeyCommand { Label = "1", Read = Whole, User = "wang" });
        var two = await CreateAsync(new CreateKeyCommand { Label = "2", Read = Whole, User = "wang" });
        var other = await CreateAsync(new CreateKeyCommand { Label = "3", Read = Whole, User = "li" });

        await South.SetUser(Caller, "wang", isEnabled: false);
        await South.SetUser(Caller, "wang", isEnabled: false);

        await RestartAsync();
        Assert.Null(await OpenAsync(one));
        Assert.Null(await OpenAsync(two));
        Assert.NotNull(await OpenAsync(other));
        Assert.Equal(
            [("li", 1, true), ("wang", 0, false)],
            (await South.ListUsers(Caller)).Select(user => (user.User, user.OpenKeys, user.DisabledAt is null)));
        await South.SetUser(Caller, "wang", isEnabled: true);
        Assert.NotNull(await OpenAsync(one));
        Assert.Equal(2, (await South.ListUsers(Caller))[1].OpenKeys);
    }

    [Fact]
    public async Task Admit_User_IsTheTokensCallerUnlessDisabledAndIsListed()
    {
        var user = new TokenUser { User = "wang", Read = Whole, Review = new Subtree(Names.Territory, City) };

        Assert.Equal(
            new Caller { Tenant = Tenant, KeyId = "user:wang", User = "wang", Read = Whole, Review = new Subtree(Names.Territory, City) },
            await South.Admit(user));
        var listed = Assert.Single(await South.ListUsers(Caller));
        Assert.Equal(("wang", 0), (listed.User, listed.OpenKeys));
        Assert.NotNull(listed.LastUsedAt);

        await South.SetUser(Caller, "wang", isEnabled: false);
        Assert.Null(await South.Admit(user));
        Assert.NotNull(await South.Admit(user with { User = "li" }));
    }

    [Fact]
    public async Task LastUse_ManyUses_AreShownExactlyAndRecordedOnceADay()
    {
        var key = await CreateAsync(new CreateKeyCommand { Label = "x", Read = Whole });
        Assert.Null((await ListedAsync(key)).LastUsedAt);
        var day = Silo.Clock.GetUtcNow().UtcDateTime.Date;

        // Noon, so that nothing here goes over midnight.
        Silo.Clock.Advance(day.AddHours(36) - Silo.Clock.GetUtcNow().UtcDateTime);
        for (var i = 0; i < 20; i++)
        {
            Silo.Clock.Advance(KeyUse.Delay);
            Assert.NotNull(await OpenAsync(key));
        }

        var used = (await ListedAsync(key)).LastUsedAt!.Value;
        Assert.InRange(Silo.Clock.GetUtcNow() - used, TimeSpan.Zero, KeyUse.Delay);
        Assert.Single(await UsesAsync());

        Silo.Clock.Advance(TimeSpan.FromDays(1));
        Assert.NotNull(await OpenAsync(key));
        Assert.Single(await UsesAsync());
        Silo.Clock.Advance(KeyUse.Delay);
        Assert.NotNull(await OpenAsync(key));
        Assert.Equal(2, (await UsesAsync()).Count);
    }

    [Fact]
    public async Task LastUse_AfterRestart_IsWhatWasRecorded()
    {
        var key = await CreateAsync(new CreateKeyCommand { Label = "x", Read = Whole, User = "wang" });
        await OpenAsync(key);
        Silo.Clock.Advance(KeyUse.Delay);
        await OpenAsync(key);
        var used = (await ListedAsync(key)).LastUsedAt!.Value;

        await RestartAsync();

        Assert.Equal(used.ToUnixTimeMilliseconds(), (await ListedAsync(key)).LastUsedAt!.Value.ToUnixTimeMilliseconds());
        Assert.Equal((await ListedAsync(key)).LastUsedAt, Assert.Single(await South.ListUsers(Caller)).LastUsedAt);
    }

    [Fact]
    public async Task Platform_Keys_AreCreatedRotatedRevokedAndListed()
    {
        var first = (await Platform.DraftFirstKey())!;
        Assert.True(await Platform.RecordFirstKey(first));
        var firstId = first.Split('_')[2];
        await RefusedAsync(RefusalKind.FailedPrecondition, () => Platform.RevokeKey(TestSilo.Platform, firstId));
        await RefusedAsync(RefusalKind.Invalid, () => Platform.CreateKey(
            TestSilo.Platform, new CreateKeyCommand { Label = "x", Read = Whole }));

        var second = await Platform.CreateKey(TestSilo.Platform, new CreateKeyCommand { Label = "second", User = "ops" });
        await Platform.RevokeKey(TestSilo.Platform, firstId);
        var third = await Platform.RotateKey(
            TestSilo.Platform, new RotateKeyCommand { KeyId = second.Key.KeyId, Overlap = TimeSpan.Zero });

        await RestartAsync();
        Assert.Null(await Platform.Authenticate(firstId, HashOf(first)));
        Assert.False(await Platform.RecordFirstKey(first));
        Assert.Null(await Platform.Authenticate(second.Key.KeyId, HashOf(second.Text)));
        Assert.Equal(
            new Caller { Tenant = "platform", KeyId = third.Key.KeyId, IsPlatform = true, User = "ops" },
            await Platform.Authenticate(third.Key.KeyId, HashOf(third.Text)));
        Assert.Equal(
            [("platform", true, ""), ("second", false, third.Key.KeyId), ("second", false, "")],
            (await Platform.ListKeys(TestSilo.Platform)).Select(key => (key.Label, key.RevokedAt is not null, key.ReplacedBy)));
    }

    private Task<KeyCreated> CreateAsync(CreateKeyCommand command) => South.CreateKey(Caller, command);

    private Task<Caller?> OpenAsync(KeyCreated key) => South.Authenticate(key.Key.KeyId, HashOf(key.Text));

    private async Task<KeyView> ListedAsync(KeyCreated key) =>
        (await South.ListKeys(Caller)).Single(listed => listed.KeyId == key.Key.KeyId);

    private Task<IReadOnlyList<StoredEntry>> UsesAsync() =>
        Silo.Services.GetRequiredService<IJournal>().ReadStreamAsync(Tenant, KeyUse.Stream, 0, CancellationToken.None);

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Split('_')[3])));
}
