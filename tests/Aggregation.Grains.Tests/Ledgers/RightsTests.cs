using System.Reflection;
using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>Every method of every interface that users reach, called by the wrong tenant, subtree and role.</summary>
public sealed class RightsTests(ClassSilo silo) : SiloTest(silo)
{
    private enum Right
    {
        Submit,
        Own,
        Total,
        Review,
    }

    private static readonly Dictionary<string, (Right Right, Func<ILedgerGrain, Caller, Task> Call)> LedgerCalls = new()
    {
        [nameof(ILedgerGrain.Submit)] = (Right.Submit, (grain, caller) => grain.Submit(caller, Command("r", 1), default)),
        [nameof(ILedgerGrain.Withdraw)] = (Right.Submit, (grain, caller) => grain.Withdraw(
            caller, new WithdrawCommand { RequestId = "w", Reason = "x" }, default)),
        [nameof(ILedgerGrain.Validate)] = (Right.Submit, (grain, caller) => grain.Validate(caller, Command("r", 1), default)),
        [nameof(ILedgerGrain.Get)] = (Right.Own, (grain, caller) => grain.Get(caller, null, default)),
        [nameof(ILedgerGrain.History)] = (Right.Own, (grain, caller) => grain.History(caller, default)),
        [nameof(ILedgerGrain.VerifyReceipt)] = (Right.Own, (grain, caller) => grain.VerifyReceipt(
            caller, new VerifyReceiptQuery { Revision = 1, Hash = new string('a', 64) }, default)),
        [nameof(ILedgerGrain.Review)] = (Right.Review, (grain, caller) => grain.Review(
            caller, new ReviewCommand { RequestId = "l", Act = ReviewAct.Lock }, default)),
        [nameof(ILedgerGrain.GetStanding)] = (Right.Own, (grain, caller) => grain.GetStanding(caller)),
        [nameof(ILedgerGrain.GetStandingOf)] = (Right.Own, (grain, caller) => grain.GetStandingOf(caller, Command("r", 1), default)),
        [nameof(ILedgerGrain.ListStandings)] = (Right.Own, (grain, caller) => grain.ListStandings(caller, Names.Territory, default)),
        [nameof(ILedgerGrain.ListBelow)] = (Right.Review, (grain, caller) => grain.ListBelow(caller, Names.Territory)),
        [nameof(ILedgerGrain.Await)] = (Right.Own, (grain, caller) => grain.Await(
            caller, new AwaitQuery { Revision = 1, AtUnit = CountyOne }, default)),
        [nameof(ILedgerGrain.GetTotal)] = (Right.Total, (grain, caller) => grain.GetTotal(caller, new TotalQuery())),
        [nameof(ILedgerGrain.Children)] = (Right.Total, (grain, caller) => grain.Children(caller, new TotalQuery())),
        [nameof(ILedgerGrain.Subscribe)] = (Right.Total, (grain, caller) => grain.Subscribe(caller, Names.Territory, null!)),
    };

    // Who may take nothing away by it needs no right.
    private static readonly HashSet<string> LedgerCallsWithoutCaller = [nameof(ILedgerGrain.Unsubscribe)];

    private static readonly Dictionary<string, Func<ITenantGrain, Caller, Task>> AdministratorCalls = new()
    {
        [nameof(ITenantGrain.ImportUnits)] = (grain, caller) => grain.ImportUnits(caller, new ImportUnitsCommand { Csv = "" }),
        [nameof(ITenantGrain.PlanRestructuring)] = (grain, caller) => grain.PlanRestructuring(
            caller, new RestructureCommand { Changes = [] }),
        [nameof(ITenantGrain.ApplyRestructuring)] = (grain, caller) => grain.ApplyRestructuring(
            caller, new RestructureCommand { Changes = [] }),
        [nameof(ITenantGrain.ChangeSettings)] = (grain, caller) => grain.ChangeSettings(caller, new TenantSettings()),
        [nameof(ITenantGrain.CreateKey)] = (grain, caller) => grain.CreateKey(
            caller, new CreateKeyCommand { Label = "x", IsAdministrator = true }),
        [nameof(ITenantGrain.RotateKey)] = (grain, caller) => grain.RotateKey(
            caller, new RotateKeyCommand { KeyId = "x", Overlap = TimeSpan.Zero }),
        [nameof(ITenantGrain.ListUsers)] = (grain, caller) => grain.ListUsers(caller),
        [nameof(ITenantGrain.SetUser)] = (grain, caller) => grain.SetUser(caller, "x", isEnabled: false),
        [nameof(ITenantGrain.RevokeKey)] = (grain, caller) => grain.RevokeKey(caller, "x"),
        [nameof(ITenantGrain.ListKeys)] = (grain, caller) => grain.ListKeys(caller),
        [nameof(ITenantGrain.DefineCheck)] = (grain, caller) => grain.DefineCheck(caller, new CheckDefinition
        {
            Form = "interaction", CheckId = "x", Severity = Severity.Soft, Rule = "[1.1] = [1.2]", MessageZh = "x", MessageEn = "x",
        }),
        [nameof(ITenantGrain.RetireCheck)] = (grain, caller) => grain.RetireCheck(caller, "interaction", "x"),
    };

    private static readonly Dictionary<string, Func<ITenantGrain, Caller, Task>> MemberCalls = new()
    {
        [nameof(ITenantGrain.ListUnits)] = (grain, caller) => grain.ListUnits(caller, new UnitsQuery()),
        [nameof(ITenantGrain.ListForms)] = (grain, caller) => grain.ListForms(caller),
        [nameof(ITenantGrain.ListChecks)] = (grain, caller) => grain.ListChecks(caller, null),
    };

    public static TheoryData<string> LedgerMethods => Methods(typeof(ILedgerGrain));

    public static TheoryData<string> TenantMethods => Methods(typeof(ITenantGrain));

    public static TheoryData<string> PlatformMethods => Methods(typeof(IPlatformGrain));

    [Theory]
    [MemberData(nameof(LedgerMethods))]
    public async Task LedgerGrain_WrongTenantSubtreeOrRole_IsRefused(string method)
    {
        if (LedgerCallsWithoutCaller.Contains(method))
        {
            Assert.NotEqual(typeof(Caller), typeof(ILedgerGrain).GetMethod(method)!.GetParameters()[0].ParameterType);
            return;
        }

        var (right, call) = LedgerCalls[method];
        var ledger = Ledger(CountyOne);
        Task Refused(RefusalKind kind, Caller caller) => RefusedAsync(kind, () => call(ledger, caller));
        await SubmitAsync(CountyOne, "a", 1);

        await Refused(RefusalKind.NotFound, Caller with { Tenant = Named("north") });
        await Refused(RefusalKind.NotFound, TestSilo.Platform);
        await Refused(RefusalKind.NotFound, Caller with { IsPlatform = true });
        var none = Caller with { Read = null, Submit = null };
        await Refused(RefusalKind.Forbidden, none);
        foreach (var wrong in new[] { CountyTwo, CityOne, "999999", "" })
        {
            var subtree = new Subtree(Names.Territory, wrong);
            await Refused(RefusalKind.Forbidden, none with { Read = subtree, Submit = subtree, Review = subtree });
        }

        var noTree = new Subtree("none", Subtree.Everything);
        await Refused(RefusalKind.Forbidden, none with { Read = noTree, Submit = noTree, Review = noTree });
        var here = new Subtree(Names.Territory, County);
        if (right != Right.Own)
        {
            await Refused(RefusalKind.Forbidden, right == Right.Submit ? none with { Read = here } : none with { Submit = here });
        }

        if (method != nameof(ILedgerGrain.Subscribe))
        {
            await call(ledger, right switch
            {
                Right.Total => none with { Read = here },
                Right.Review => none with { Review = here },
                _ => none with { Submit = here },
            });
        }

        if (right == Right.Own)
        {
            await call(ledger, none with { Read = here });
        }
    }

    [Theory]
    [MemberData(nameof(TenantMethods))]
    public async Task TenantGrain_WrongTenantOrRole_IsRefused(string method)
    {
        var tenant = Silo.Tenant(Tenant);
        var stranger = TestSilo.Everything(Named("north"));
        var member = Caller with { IsAdministrator = false };
        switch (method)
        {
            case nameof(ITenantGrain.Create):
                foreach (var caller in new[] { Caller, member, stranger })
                {
                    await RefusedAsync(RefusalKind.Forbidden, () => Silo.Tenant(Named("east")).Create(
                        caller, new CreateTenantCommand(Named("east"), "East", new TenantSettings())));
                }

                break;
            case nameof(ITenantGrain.BeginImport):
                foreach (var caller in new[] { Caller, member, stranger })
                {
                    await RefusedAsync(RefusalKind.Forbidden, () => Silo.Tenant(Named("east")).BeginImport(
                        caller, new ImportCommand { Export = "x", At = default, Name = "East", Forms = [] }));
                }

                break;
            case nameof(ITenantGrain.FinishImport):
                foreach (var caller in new[] { Caller, member, stranger })
                {
                    await RefusedAsync(RefusalKind.Forbidden, () => Silo.Tenant(Named("east")).FinishImport(caller, "x", 0));
                }

                await RefusedAsync(RefusalKind.FailedPrecondition, () => Silo.Tenant(Named("east")).FinishImport(TestSilo.Platform, "x", 0));
                break;
            case nameof(ITenantGrain.Authenticate):
                Assert.Null(await tenant.Authenticate("000000000000", new string('0', 64)));
                break;
            case nameof(ITenantGrain.Admit):
                Assert.Null(await Silo.Tenant("nowhere").Admit(new TokenUser { User = "wang" }));
                Assert.Equal("user:wang", (await tenant.Admit(new TokenUser { User = "wang" }))?.KeyId);
                break;
            case var name when AdministratorCalls.TryGetValue(name, out var call):
                await RefusedAsync(RefusalKind.Forbidden, () => call(tenant, member));
                await RefusedAsync(RefusalKind.NotFound, () => call(tenant, stranger));
                await RefusedAsync(RefusalKind.NotFound, () => call(tenant, TestSilo.Platform));
                break;
            default:
                var listing = MemberCalls[method];
                await RefusedAsync(RefusalKind.NotFound, () => listing(tenant, stranger));
                await RefusedAsync(RefusalKind.NotFound, () => listing(tenant, TestSilo.Platform));
                await listing(tenant, member);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(PlatformMethods))]
    public async Task PlatformGrain_NotThePlatform_IsRefused(string method)
    {
        var platform = Silo.Grains.GetGrain<IPlatformGrain>(TenantKeys.Platform);
        switch (method)
        {
            case nameof(IPlatformGrain.DraftFirstKey):
                Assert.NotNull(await platform.DraftFirstKey());
                break;
            case nameof(IPlatformGrain.RecordFirstKey):
                Assert.True(await platform.RecordFirstKey((await platform.DraftFirstKey())!));
                Assert.Null(await platform.DraftFirstKey());
                break;
            case nameof(IPlatformGrain.Authenticate):
                Assert.Null(await platform.Authenticate("000000000000", new string('0', 64)));
                break;
            case nameof(IPlatformGrain.CreateKey):
                await RefusedAsync(RefusalKind.Forbidden, () => platform.CreateKey(Caller, new CreateKeyCommand { Label = "x" }));
                break;
            case nameof(IPlatformGrain.RotateKey):
                await RefusedAsync(RefusalKind.Forbidden, () => platform.RotateKey(
                    Caller, new RotateKeyCommand { KeyId = "x", Overlap = TimeSpan.Zero }));
                break;
            case nameof(IPlatformGrain.RevokeKey):
                await RefusedAsync(RefusalKind.Forbidden, () => platform.RevokeKey(Caller, "x"));
                break;
            case nameof(IPlatformGrain.ListKeys):
                await RefusedAsync(RefusalKind.Forbidden, () => platform.ListKeys(Caller));
                break;
            case nameof(IPlatformGrain.ListTenants):
                await RefusedAsync(RefusalKind.Forbidden, () => platform.ListTenants(Caller));
                Assert.Single(await platform.ListTenants(TestSilo.Platform), tenant => tenant.Tenant == Tenant);
                break;
            case nameof(IPlatformGrain.Register):
                await RefusedAsync(RefusalKind.Forbidden, () => platform.Register(
                    Caller, new TenantView(Named("east"), "East", DateTimeOffset.UnixEpoch)));
                break;
            default:
                Assert.Fail($"{method} has no case here.");
                break;
        }
    }

    private static TheoryData<string> Methods(Type grain) =>
        new(grain.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(method => method.Name));
}
