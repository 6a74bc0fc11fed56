using System.Globalization;
using Aggregation.Deploy.Tests.Runs;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.V1;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace Aggregation.Deploy.Tests.Faults;

/// <summary>Each fault that an alert is for, done to the real server.</summary>
internal static class Provocations
{
    /// <summary>More than one transaction takes.</summary>
    private const int Flood = 700;

    /// <summary>A period that nobody else submits for.</summary>
    private const string QuietPeriod = "2016";

    /// <summary>Another: the ledgers above are opened for the first time.</summary>
    private const string NewPeriod = "2015";

    private const string Leaf = "610101-D75";
    private const string OtherLeaf = "610102-D75";
    private const string NewCounty = "610109";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static Provocation KeyExpires { get; } = new(
        "a key expires tomorrow", [Provocation.Ticket("KeyExpiring")], NeedsQuiet: false, async site =>
        {
            using var api = new Api(site.Address);
            var administrator = Api.With(site.Tenant.AdministratorKey);
            var tomorrow = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().Add(Day));
            var key = await api.Admin.CreateKeyAsync(
                new CreateKeyRequest { Label = "expiring", Read = new Subtree { Unit = "*" }, ExpiresAt = tomorrow }, administrator);
            return async () =>
            {
                using var again = new Api(site.Address);
                await again.Admin.RevokeKeyAsync(new RevokeKeyRequest { KeyId = key.Key.KeyId }, Api.With(site.Tenant.AdministratorKey));
            };
        });

    public static Provocation ServerStops { get; } = new(
        "the server is down", [Provocation.Page("TargetDown")], NeedsQuiet: true, async site =>
        {
            await site.StopServerAsync();
            return () => site.StartServerAsync(Day * 365);
        });

    /// <summary>All but <see cref="KeyExpires"/>, in an order in which they do not hide each other.</summary>
    public static IReadOnlyList<Provocation> All { get; } =
    [
        new("somebody edits the table of what counts", [Provocation.Page("TotalsDrift")], NeedsQuiet: false, async site =>
        {
            await SubmitAsync(site, Leaf, QuietPeriod);
            var changed = await JournalFile.ExecuteAsync(
                site.Journal, $"UPDATE latest SET s0 = (s0 + 1) % 4294967296 WHERE unit = '{Leaf}' AND period = '{QuietPeriod}'");
            Assert.Equal(1, changed);
            return static () => Task.CompletedTask;
        }),
        new("another program locks the journal while many submit", [Provocation.Page("JournalStalled"), Provocation.Page("JournalBacklog")], NeedsQuiet: false, async site =>
        {
            var locked = await JournalFile.LockAsync(site.Journal);
            var flood = FloodAsync(site);
            return async () =>
            {
                await locked.DisposeAsync();
                await flood;
            };
        }),
        new("the disk is full",
            [Provocation.Page("JournalFailing"), Provocation.Page("SubmitErrorBudgetBurn"), Provocation.Ticket("SubmitErrorBudgetBurn")], NeedsQuiet: false, async site =>
            {
                await FileSizeLimit.SetAsync(site.ProcessId, 1);
                return () => FileSizeLimit.SetAsync(site.ProcessId, null);
            }),
        new("a ledger above cannot be opened", [Provocation.Page("PropagationStuck")], NeedsQuiet: true, async site =>
        {
            await ForbidEpochsAsync(site, $"NEW.period = '{NewPeriod}'");
            await SubmitAsync(site, Leaf, NewPeriod);
            return () => Task.CompletedTask;
        }),
        new("the ledger above is opened more than a minute later",
            [Provocation.Page("FreshnessBudgetBurn"), Provocation.Ticket("FreshnessBudgetBurn")], NeedsQuiet: true, async site =>
            {
                await AllowEpochsAsync(site);
                return () => Task.CompletedTask;
            }),
        new("a branch cannot come to its new structure", [Provocation.Ticket("StructureSwapStuck")], NeedsQuiet: false, async site =>
        {
            await ForbidEpochsAsync(site, $"NEW.unit = '{NewCounty}'");
            await MoveToNewCountyAsync(site, OtherLeaf);
            return () => AllowEpochsAsync(site);
        }),
        new("the certificate expires tomorrow",
            [Provocation.Page("CertificateExpiring"), Provocation.Ticket("CertificateExpiring")], NeedsQuiet: true, async site =>
            {
                await site.StopServerAsync();
                await site.StartServerAsync(Day);
                return () => Task.CompletedTask;
            }),
        ServerStops,
    ];

    private static async Task SubmitAsync(Site site, string unit, string period)
    {
        using var api = new Api(site.Address);
        var request = Figures.ToRequest(unit, $"{unit}-{period}", new Dictionary<string, long> { ["3.2"] = 1 });
        request.Period = period;
        await api.Submissions.SubmitAsync(request, Api.With(site.Tenant.SubmitKey));
    }

    private static async Task FloodAsync(Site site)
    {
        using var api = new Api(site.Address);
        var units = Site.Tree.All.Where(unit => !unit.IsGovernment).Select(unit => unit.Code).Take(Flood);
        await Task.WhenAll(units.Select(unit => api.Submissions.SubmitAsync(
            Figures.ToRequest(unit, $"{unit}-flood", new Dictionary<string, long> { ["3.4"] = 1 }), Api.With(site.Tenant.SubmitKey)).ResponseAsync));
    }

    /// <summary>The ledger moves below a county that is new, while there is something in it that counts.</summary>
    private static async Task MoveToNewCountyAsync(Site site, string unit)
    {
        await SubmitAsync(site, unit, Figures.Period);
        using var api = new Api(site.Address);
        var day = string.Create(CultureInfo.InvariantCulture, $"{Figures.Period}-01-01");
        var request = new PlanRestructuringRequest
        {
            Changes =
            {
                new StructureChange { Line = 1, Change = "open", From = day, Unit = NewCounty, Name = "New county", Kind = "government", Level = "county", Parent = "610100" },
                new StructureChange { Line = 2, Change = "move", From = day, Unit = unit, Parent = NewCounty },
            },
        };
        var administrator = Api.With(site.Tenant.AdministratorKey);
        var plan = await api.Admin.PlanRestructuringAsync(request, administrator);
        await api.Admin.ApplyRestructuringAsync(
            new ApplyRestructuringRequest { StructureVersion = plan.StructureVersion, AcceptLoss = true, Changes = { request.Changes } }, administrator);
    }

    /// <summary>The database refuses what a ledger above others needs to be opened.</summary>
    private static Task<int> ForbidEpochsAsync(Site site, string condition) => JournalFile.ExecuteAsync(
        site.Journal, $"CREATE TRIGGER forbidden BEFORE INSERT ON ledger_epoch WHEN {condition} BEGIN SELECT RAISE(ABORT, 'forbidden'); END");

    private static Task<int> AllowEpochsAsync(Site site) => JournalFile.ExecuteAsync(site.Journal, "DROP TRIGGER forbidden");
}
