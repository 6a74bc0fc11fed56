using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Tenants;

/// <summary>Writes the decisions on a tenant, except those on its reporting tasks, to its stream; what it writes, the catalog of the silo knows before the call ends.</summary>
internal sealed partial class TenantGrain(
    IJournal journal, TenantCatalog catalog, FormCatalog forms, IGrainFactory grains, TimeProvider clock)
    : Grain, ITenantGrain
{
    private string Tenant => TenantKeys.TenantOf(this.GetPrimaryKeyString());

    public async Task<TenantCreated> Create(Caller caller, CreateTenantCommand command)
    {
        Access.RequirePlatform(caller);
        RequireName();
        TenantRules.RequireText("name", command.Name, 100);
        TenantRules.RequireSettings(command.Settings);
        var state = await catalog.RefreshAsync(Tenant);
        if (state.Exists)
        {
            throw new RefusedException(RefusalKind.AlreadyExists, $"Tenant '{Tenant}' exists.");
        }

        await RequireNoImportAsync();

        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var view = new TenantView(Tenant, command.Name, now);

        // Registered first: were it the other way round, a crash between the two would leave a tenant that nobody lists.
        await grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).Register(caller, view);
        var key = NewKey.Create(Tenant, new CreateKeyCommand
        {
            Label = "administrator",
            IsAdministrator = true,
            Read = new Subtree(Names.Territory, Subtree.Everything),
        });
        var created = await DecideAsync(state, EntryKinds.TenantCreated, new TenantCreatedEntry
        {
            Name = command.Name,
            Settings = Write(TenantRules.Decided(command.Settings, state.Settings)),
            Administrator = key.Entry,
        }, caller);
        return new TenantCreated(view, key.Created(created.Keys));
    }

    public async Task<UnitsImported> ImportUnits(Caller caller, ImportUnitsCommand command)
    {
        var state = await AdministerAsync(caller);
        if (!Names.IsCode(command.Tree) || !char.IsAsciiLetterOrDigit(command.Tree[^1]))
        {
            throw Refuse.Invalid("tree", command.Tree, "letters, digits, hyphens, dots; 1–64",
                "机构树名由字母、数字、连字符和点组成，有 1 至 64 个字符，首尾为字母或数字",
                "has 1 to 64 letters, digits, hyphens and dots, the first and last a letter or digit");
        }

        var import = state.Structure.Import(command.Tree, command.Csv);
        if (import.Structure is not { } structure)
        {
            var differing = import.Differing == 0 ? "" : $" {import.Differing} known units would change, {import.Unchanged} would not.";
            throw Refuse.Invalid(
                $"{import.Faults.Length} faults in the units; none was imported.{differing}", TenantRules.Violations(import.Faults));
        }

        var imported = new UnitsImported(structure.Version, import.Added, import.Unchanged)
        {
            Units = [.. import.Units.Take(UnitsImported.MostShown).Select(UnitListing.View)],
        };

        // Nothing new is no decision: importing the same file again leaves no trace.
        if (command.DryRun || ReferenceEquals(structure, state.Structure))
        {
            return imported;
        }

        var entry = new UnitsImportedEntry { Tree = command.Tree, Csv = command.Csv };
        var after = await DecideAsync(state, EntryKinds.UnitsImported, entry, caller);
        return imported with { StructureVersion = after.Structure.Version };
    }

    public async Task<TenantSettings> ChangeSettings(Caller caller, TenantSettings settings)
    {
        var state = await AdministerAsync(caller);
        TenantRules.RequireSettings(settings);
        var decided = TenantRules.Decided(settings, state.Settings);
        return state.Settings == decided
            ? decided
            : (await DecideAsync(state, EntryKinds.SettingsChanged, Write(decided), caller)).Settings;
    }

    public async Task<UnitsView> ListUnits(Caller caller, UnitsQuery query)
    {
        Access.RequireTenant(caller, Tenant);
        var state = await catalog.GetAsync(Tenant);
        var day = query.On ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return UnitListing.Of(caller, state.Structure, query, day);
    }

    public Task<ImmutableArray<FormView>> ListForms(Caller caller)
    {
        Access.RequireTenant(caller, Tenant);
        return Task.FromResult(FormListing.Of(forms));
    }

    private async Task<TenantState> AdministerAsync(Caller caller)
    {
        Access.RequireAdministrator(caller, Tenant);
        return await catalog.RefreshAsync(Tenant);
    }

    private async Task<TenantState> DecideAsync(TenantState state, string kind, IMessage payload, Caller caller)
    {
        var entry = await journal.AppendAsync(
            Tenant, TenantState.Stream, state.Version, state.Head, kind, payload, caller.KeyId, clock.GetUtcNow(), caller.Origin);
        return catalog.Apply(state, entry);
    }

    private static SettingsEntry Write(TenantSettings settings) => new()
    {
        AutoAccept = settings.AutoAccept,
        TotalsEntered = !settings.FillTotals,
        SignatureRequired = settings.RequireSignature,
        FourEyes = settings.FourEyes is true,
        SumsBelowUnchecked = !settings.CheckSumsBelow,
        LockOnCompletion = settings.LockOnCompletion,
    };
}
