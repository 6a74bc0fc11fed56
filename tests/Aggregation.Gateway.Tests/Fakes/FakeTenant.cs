using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Structure;
using Aggregation.Domain.Figures;

namespace Aggregation.Gateway.Tests.Fakes;

internal sealed class FakeTenant(string tenant) : ITenantGrain
{
    public FakeKeys Keys { get; } = new(tenant);

    public ImmutableArray<FormView> Forms { get; set; } = [];

    public ImportUnitsCommand? Imported { get; private set; }

    public CreateKeyCommand? KeyAsked { get; private set; }

    public Task<Caller?> Authenticate(string keyId, string secretHash) => Keys.Authenticate(keyId, secretHash);

    public bool Exists { get; set; } = true;

    public HashSet<string> Disabled { get; } = [];

    public Task<Caller?> Admit(TokenUser user) => Task.FromResult(Exists && !Disabled.Contains(user.User)
        ? new Caller
        {
            Tenant = tenant,
            KeyId = "user:" + user.User,
            User = user.User,
            Submit = user.Submit,
            Read = user.Read,
            Review = user.Review,
            IsAdministrator = user.IsAdministrator,
        }
        : null);

    public Task<TenantCreated> Create(Caller caller, CreateTenantCommand command) => Task.FromResult(new TenantCreated(
        new TenantView(command.Tenant, command.Name, DateTimeOffset.UnixEpoch),
        new KeyCreated(new KeyView { KeyId = "k", Label = "l", CreatedAt = DateTimeOffset.UnixEpoch }, "text")));

    public Task<ImportView> BeginImport(Caller caller, ImportCommand command) => Task.FromResult(new ImportView(Finished: false));

    public Task FinishImport(Caller caller, string export, long entries) => Task.CompletedTask;

    public Task<UnitsImported> ImportUnits(Caller caller, ImportUnitsCommand command)
    {
        Imported = command;
        return Task.FromResult(new UnitsImported(1, 2, 3));
    }

    public RestructureCommand? Restructuring { get; private set; }

    public Task<RestructurePlan> PlanRestructuring(Caller caller, RestructureCommand command)
    {
        Restructuring = command;
        var unit = new UnitView { Code = "a", Name = "A", Kind = UnitKind.Government, Level = UnitLevel.County, Parent = "p" };
        var total = new PlannedTotal(new Coverage(5, 4, 3, 2, 1), new string('1', 32), [new CellTotal("1.1", new Amount(7, 0), 3)]);
        return Task.FromResult(new RestructurePlan
        {
            StructureVersion = 4,
            From = new DateOnly(2017, 7, 1),
            On = new DateOnly(2017, 12, 31),
            Units = [new PlannedUnit("education", "a", unit, null)],
            Branches =
            [
                new PlannedBranch
                {
                    Tree = "education", Unit = "p", UnitName = "P", Gained = ["x"], Lost = ["a", "b"], Before = total,
                },
            ],
        });
    }

    public Task<Restructured> ApplyRestructuring(Caller caller, RestructureCommand command)
    {
        Restructuring = command;
        return Task.FromResult(new Restructured(command.StructureVersion + 1, new DateOnly(2017, 7, 1)));
    }

    public Task<TenantSettings> ChangeSettings(Caller caller, TenantSettings settings) => Task.FromResult(settings);

    public Task<KeyCreated> CreateKey(Caller caller, CreateKeyCommand command)
    {
        KeyAsked = command;
        return Task.FromResult(new KeyCreated(
            new KeyView
            {
                KeyId = "0a",
                Label = command.Label,
                Submit = command.Submit,
                Read = command.Read,
                IsAdministrator = command.IsAdministrator,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            "text"));
    }

    public Task<KeyCreated> RotateKey(Caller caller, RotateKeyCommand command) => Task.FromResult(new KeyCreated(
        new KeyView { KeyId = "0b", Label = command.KeyId, CreatedAt = DateTimeOffset.UnixEpoch }, "text"));

    public Task<ImmutableArray<UserView>> ListUsers(Caller caller) => Task.FromResult<ImmutableArray<UserView>>([]);

    public Task SetUser(Caller caller, string user, bool isEnabled) => Task.CompletedTask;

    public Task RevokeKey(Caller caller, string keyId) => Task.CompletedTask;

    public Task<ImmutableArray<KeyView>> ListKeys(Caller caller) => Task.FromResult<ImmutableArray<KeyView>>([]);

    public Task<UnitsView> ListUnits(Caller caller, UnitsQuery query) => Task.FromResult(new UnitsView(
        7, [new UnitView { Code = query.Under ?? "root", Name = query.Tree, Kind = UnitKind.Government, Level = UnitLevel.City, Parent = "" }]));

    public Task<OfficeCheckView> DefineCheck(Caller caller, CheckDefinition definition) => throw OnTheRealServer;

    public Task<OfficeCheckView> RetireCheck(Caller caller, string form, string checkId) => throw OnTheRealServer;

    public Task<ImmutableArray<OfficeCheckView>> ListChecks(Caller caller, string? form) => throw OnTheRealServer;

    public Task<ImmutableArray<FormView>> ListForms(Caller caller) => Task.FromResult(Forms);

    private static NotSupportedException OnTheRealServer => new("Checks are tested on the real server: see Server.");
}
