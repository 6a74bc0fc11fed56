using System.Security.Cryptography;
using System.Text;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Tenants;

public sealed class TenantGrainTests(ClassSilo silo) : SiloTest(silo)
{
    private string East => Named("east");

    private ITenantGrain South => Silo.Tenant(Tenant);

    [Fact]
    public async Task Create_Twice_AlreadyExistsAndIsListedOnce()
    {
        var created = await CreateAsync(East);

        await RefusedAsync(RefusalKind.AlreadyExists, () => CreateAsync(East));

        Assert.Equal([East, Tenant], (await ListedAsync()).Select(tenant => tenant.Tenant));
        await RestartAsync();
        await RefusedAsync(RefusalKind.AlreadyExists, () => CreateAsync(East));
        Assert.Equal(created.Tenant, (await ListedAsync())[0]);
    }

    [Theory]
    [InlineData("platform")]
    [InlineData("East")]
    [InlineData("9east")]
    [InlineData("ea_st")]
    [InlineData("ea/st")]
    [InlineData("")]
    public async Task Create_BadOrReservedName_IsRefused(string tenant)
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => CreateAsync(tenant));

        Assert.Equal(("tenant", tenant), (Assert.Single(refusal.Violations).Field, refusal.Violations[0].Value));
    }

    [Fact]
    public async Task Settings_SignaturesWithAutoAcceptance_AreRefused()
    {
        var both = new TenantSettings(AutoAccept: true, RequireSignature: true);

        var create = await RefusedAsync(RefusalKind.Invalid, () =>
            Silo.Tenant(East).Create(TestSilo.Platform, new CreateTenantCommand(East, "East", both)));
        var change = await RefusedAsync(RefusalKind.Invalid, () => South.ChangeSettings(Caller, both));

        Assert.Equal("settings.require_signature", Assert.Single(create.Violations).Field);
        Assert.Equal("settings.require_signature", Assert.Single(change.Violations).Field);
        Assert.DoesNotContain(East, (await ListedAsync()).Select(tenant => tenant.Tenant));
    }

    [Fact]
    public async Task Create_FirstKey_AdministersAndReads()
    {
        var created = await CreateAsync(East);
        var (keyId, hash) = Parse(created.AdministratorKey.Text, East);

        var caller = await Silo.Tenant(East).Authenticate(keyId, hash);

        Assert.Equal(
            new Caller
            {
                Tenant = East,
                KeyId = created.AdministratorKey.Key.KeyId,
                IsAdministrator = true,
                Read = new Subtree(Names.Territory, Subtree.Everything),
            },
            caller);
        Assert.Null(await South.Authenticate(keyId, hash));
        Assert.Equal(created.AdministratorKey.Key, Assert.Single(await Silo.Tenant(East).ListKeys(caller!)) with { LastUsedAt = null });
    }

    [Fact]
    public async Task CreateKey_RightSecretOnly_Authenticates()
    {
        var created = await South.CreateKey(Caller, new CreateKeyCommand
        {
            Label = "county", Submit = new Subtree(Names.Territory, County), Read = new Subtree(Names.Territory, City),
        });
        var (keyId, hash) = Parse(created.Text, Tenant);

        Assert.Null(await South.Authenticate(keyId, new string('0', 64)));
        Assert.Null(await South.Authenticate(keyId, ""));
        Assert.Null(await South.Authenticate("000000000000", hash));
        await RestartAsync();
        var caller = await South.Authenticate(keyId, hash);
        Assert.Equal(
            new Caller
            {
                Tenant = Tenant, KeyId = keyId,
                Submit = new Subtree(Names.Territory, County), Read = new Subtree(Names.Territory, City),
            },
            caller);
        Assert.Contains(created.Key, (await South.ListKeys(Caller)).Select(key => key with { LastUsedAt = null }));
    }

    [Fact]
    public async Task RevokeKey_Revoked_OpensNothingAlsoAfterRestart()
    {
        var created = await South.CreateKey(Caller, new CreateKeyCommand { Label = "x", IsAdministrator = true });
        var (keyId, hash) = Parse(created.Text, Tenant);
        Assert.NotNull(await South.Authenticate(keyId, hash));

        await South.RevokeKey(Caller, keyId);
        await South.RevokeKey(Caller, keyId);

        Assert.Null(await South.Authenticate(keyId, hash));
        Assert.NotNull((await South.ListKeys(Caller)).Single(key => key.KeyId == keyId).RevokedAt);
        await RestartAsync();
        Assert.Null(await South.Authenticate(keyId, hash));
    }

    [Fact]
    public async Task RevokeKey_LastAdministratorOrUnknown_IsRefused()
    {
        var first = Assert.Single(await South.ListKeys(Caller)).KeyId;
        await RefusedAsync(RefusalKind.FailedPrecondition, () => South.RevokeKey(Caller, first));
        await RefusedAsync(RefusalKind.NotFound, () => South.RevokeKey(Caller, "unknown"));

        var second = await South.CreateKey(Caller, new CreateKeyCommand { Label = "x", IsAdministrator = true });
        await South.RevokeKey(Caller, first);

        await RefusedAsync(RefusalKind.FailedPrecondition, () => South.RevokeKey(Caller, second.Key.KeyId));
    }

    [Theory]
    [InlineData("", Names.Territory, "*", "label")]
    [InlineData("x", "none", "*", "read.tree")]
    [InlineData("x", Names.Territory, "999999", "read.unit")]
    [InlineData("x", null, null, "rights")]
    public async Task CreateKey_BadRights_NamesTheField(string label, string? tree, string? unit, string field)
    {
        var command = new CreateKeyCommand { Label = label, Read = tree is null ? null : new Subtree(tree, unit!) };

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => South.CreateKey(Caller, command));

        Assert.Equal(field, Assert.Single(refusal.Violations).Field);
    }

    [Fact]
    public async Task ImportUnits_Faults_NamesEachByLineAndColumnAndImportsNothing()
    {
        var before = await ListAsync(Caller);
        const string csv = """
            code,name,kind,level,parent,from,to
            360303,Good,government,county,360300,,
            360304,Orphan,government,county,999999,,
            360305,Bad kind,castle,,360300,,
            """;

        var refusal = await RefusedAsync(
            RefusalKind.Invalid, () => South.ImportUnits(Caller, new ImportUnitsCommand { Csv = csv }));

        Assert.Equal(
            [("csv[3].parent", "999999"), ("csv[4].kind", "castle")],
            refusal.Violations.Select(violation => (violation.Field, violation.Value)).Order());
        Assert.Equal(before, await ListAsync(Caller));
    }

    [Fact]
    public async Task ImportUnits_BadTreeName_NamesTheField()
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => South.ImportUnits(
            Caller, new ImportUnitsCommand { Tree = "a/b", Csv = LineUnits }));

        Assert.Equal("tree", Assert.Single(refusal.Violations).Field);
    }

    [Fact]
    public async Task ImportUnits_DryRunThenTwice_GivesOneVersion()
    {
        var command = new ImportUnitsCommand
        {
            Csv = "code,name,kind,level,parent,from,to\n360303,New,government,county,360300,,",
        };

        Assert.Equal((2, 1, 0, "360303"), Told(await South.ImportUnits(Caller, command with { DryRun = true })));
        Assert.DoesNotContain("360303", await ListAsync(Caller));
        Assert.Equal((2, 1, 0, "360303"), Told(await South.ImportUnits(Caller, command)));
        Assert.Equal((2, 0, 1, ""), Told(await South.ImportUnits(Caller, command)));
        await RestartAsync();
        Assert.Equal((2, 0, 1, ""), Told(await South.ImportUnits(Caller, command)));
        Assert.Contains("360303", await ListAsync(Caller));
    }

    // Journals hold imports of the days when another name renamed a unit; they read as they did.
    [Fact]
    public async Task ImportUnits_OfBeforeANameTookADate_KeepsTheNameThatItGave()
    {
        const string csv = "code,name,kind,level,parent,from,to\n" + City + ",Other name,,," + Province + ",,";
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => South.ImportUnits(Caller, new ImportUnitsCommand { Csv = csv }));
        Assert.Equal("csv[2].name", Assert.Single(refusal.Violations).Field);

        var state = await Silo.Services.GetRequiredService<TenantCatalog>().RefreshAsync(Tenant);
        await Silo.Services.GetRequiredService<IJournal>().AppendAsync(
            Tenant, TenantState.Stream, state.Version, state.Head, EntryKinds.UnitsImported,
            new UnitsImportedEntry { Tree = Names.Territory, Csv = csv }, "k", Silo.Clock.GetUtcNow());
        await RestartAsync();

        Assert.Equal("Other name", (await South.ListUnits(Caller, new UnitsQuery())).Units.Single(unit => unit.Code == City).Name);
    }

    private static (long Version, int Added, int Unchanged, string Units) Told(UnitsImported imported) => (
        imported.StructureVersion, imported.Added, imported.Unchanged, string.Join(' ', imported.Units.Select(unit => unit.Code)));

    [Theory]
    [InlineData(County)]
    [InlineData(Lonely)]
    public async Task ImportUnits_UnderAnOpenCounty_NewDepartmentCountsAtOnce(string county)
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(Lonely, "a", 1);
        Assert.Equal(6, await TotalAsync(Province));
        Assert.Equal(county == County ? 5 : 1, await TotalAsync(county));
        var unit = county + "-S09";
        await RefusedAsync(RefusalKind.NotFound, () => SubmitAsync(unit, "b", 10));

        await South.ImportUnits(Caller, new ImportUnitsCommand
        {
            Csv = $"code,name,kind,level,parent,from,to\n{unit},New,department,,{county},,",
        });
        await SubmitAndAwaitAsync(unit, "b", 10);

        Assert.Equal(16, await TotalAsync(Province));
        Assert.Equal(county == County ? 15 : 11, await TotalAsync(county));
        Assert.Equal(new Coverage(10, 3, 3, 0, 0), (await ViewAsync(Province)).Coverage);
    }

    [Fact]
    public async Task ListUnits_ByRights_ShowsOnlyTheSubtree()
    {
        var member = Caller with { IsAdministrator = false, Read = null, Submit = new Subtree(Names.Territory, County) };

        Assert.Equal([County, CountyOne, CountyTwo], await ListAsync(member));
        Assert.Equal([CountyOne], await ListAsync(member, CountyOne));
        await RefusedAsync(RefusalKind.Forbidden, () => ListAsync(member, City));
        await RefusedAsync(RefusalKind.Forbidden, () => ListAsync(member, "999999"));
        await RefusedAsync(RefusalKind.NotFound, () => ListAsync(Caller, "999999"));
        Assert.Empty(await ListAsync(member with { Submit = null }));
        Assert.Equal(9, (await ListAsync(Caller)).Length);
        await RefusedAsync(RefusalKind.NotFound, () => South.ListUnits(Caller, new UnitsQuery { Tree = "none" }));
    }

    [Fact]
    public async Task ListForms_Every_ShowsCellsChecksAndDerived()
    {
        var forms = await South.ListForms(Caller);

        var catalog = FormCatalog.Load();
        Assert.Equal(catalog.Forms.Select(form => (form.Id, form.ContentHash)), forms.Select(form => (form.Form, form.Hash)));
        Assert.Equal(
            catalog.Forms.Select(form => (form.Cells.Length, form.Checks.Length, form.Derived.Length)),
            forms.Select(form => (form.Cells.Length, form.Checks.Length, form.Derived.Length)));
        var statutory = forms.Single(form => form.Form == "2014");
        Assert.Equal([PeriodKind.Year, PeriodKind.Quarter], statutory.Periods.AsEnumerable());
        Assert.Equal(("1.1", "条"), (statutory.Cells.Single(cell => cell.Cell.Code == "1.1.a").Cell.Parent, statutory.Cells[0].Cell.UnitOfMeasure));
    }

    [Fact]
    public async Task RecordFirstKey_Platform_IsOneDraftOnceAndAuthenticates()
    {
        var platform = Silo.Grains.GetGrain<IPlatformGrain>(TenantKeys.Platform);
        var other = (await platform.DraftFirstKey())!;
        var first = (await platform.DraftFirstKey())!;
        var (keyId, hash) = Parse(first, "platform");
        Assert.Null(await platform.Authenticate(keyId, hash));
        Assert.True(await platform.RecordFirstKey(first));
        await RestartAsync();
        platform = Silo.Grains.GetGrain<IPlatformGrain>(TenantKeys.Platform);

        Assert.Null(await platform.DraftFirstKey());
        Assert.True(await platform.RecordFirstKey(first));
        Assert.False(await platform.RecordFirstKey(other));
        Assert.False(await platform.RecordFirstKey(first[..^1] + (first[^1] == '0' ? '1' : '0')));
        foreach (var text in new[] { "", first[1..], first[..^1], first + "0", first.Replace("platform", Tenant, StringComparison.Ordinal) })
        {
            await RefusedAsync(RefusalKind.Invalid, () => platform.RecordFirstKey(text));
        }

        Assert.Equal(
            new Caller { Tenant = "platform", KeyId = keyId, IsPlatform = true }, await platform.Authenticate(keyId, hash));
        Assert.Null(await platform.Authenticate(keyId, new string('0', 64)));
    }

    /// <summary>Those of this test.</summary>
    private async Task<TenantView[]> ListedAsync() =>
        [.. (await Silo.Grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).ListTenants(TestSilo.Platform)).Where(tenant => tenant.Tenant == Tenant || tenant.Tenant == East)];

    private Task<TenantCreated> CreateAsync(string tenant) => Silo.Tenant(tenant).Create(
        TestSilo.Platform, new CreateTenantCommand(tenant, "A tenant", new TenantSettings()));

    private async Task<string[]> ListAsync(Caller caller, string? under = null) =>
        [.. (await South.ListUnits(caller, new UnitsQuery { Under = under })).Units.Select(unit => unit.Code)];

    private static (string KeyId, string SecretHash) Parse(string text, string tenant)
    {
        var parts = text.Split('_');
        Assert.Equal(["agk", tenant], parts[..2]);
        Assert.Matches("^[0-9a-f]{12}$", parts[2]);
        Assert.Matches("^[0-9a-f]{64}$", parts[3]);
        return (parts[2], Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts[3]))));
    }
}
