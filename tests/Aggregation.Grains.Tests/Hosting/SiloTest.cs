using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Hosting;

/// <summary>A silo for each class and in it a tenant for each test: a province, its city, two counties, departments, one institution.</summary>
public abstract class SiloTest(ClassSilo shared) : JournalTest, IClassFixture<ClassSilo>, IAsyncLifetime
{
    protected const string Province = "360000";
    protected const string City = "360300";
    protected const string CityOne = "360300-S01";
    protected const string CityTwo = "360300-S02";
    protected const string Institute = "360300-S01.1";
    protected const string County = "360301";
    protected const string CountyOne = "360301-S01";
    protected const string CountyTwo = "360301-S02";
    protected const string Lonely = "360302";

    protected const string Line = "education";

    private const string Units = """
        code,name,kind,level,parent,from,to
        360000,Province,government,province,,,
        360300,City,government,city,360000,,
        360300-S01,City one,department,,360300,,
        360300-S01.1,Institute,institution,,360300-S01,,
        360300-S02,City two,department,,360300,,
        360301,County,government,county,360300,,
        360301-S01,County one,department,,360301,,
        360301-S02,County two,department,,360301,,
        360302,Lonely county,government,county,360300,,
        """;

    private bool _isSpoilt;
    private int? _number;

    /// <summary>Where SQLite's file is.</summary>
    protected string Folder => shared.Folder;

    protected static string LineUnits => """
        code,name,kind,level,parent,from,to
        360300-S01,,,,,,
        360301-S01,,,,360300-S01,,
        """;

    protected TestSilo Silo => shared.Silo;

    protected SnapshotVault Vault => shared.Vault;

    /// <summary>The test's own.</summary>
    protected string Tenant { get; private set; } = "";

    /// <summary>May do everything in the tenant.</summary>
    protected Caller Caller { get; private set; } = null!;

    protected virtual Dictionary<string, string> Settings => [];

    /// <summary>Null: those of the product.</summary>
    protected virtual FormCatalog? Forms => null;

    /// <summary>What the silo's journal hangs on; null: nothing.</summary>
    protected virtual PowerCut? Power => null;

    public virtual async Task InitializeAsync()
    {
        await shared.StartAsync(NewJournalAsync, new SiloSetup { Settings = Settings, Forms = Forms, Power = Power });
        Tenant = Named("south");
        Caller = await Silo.CreateTenantAsync(Tenant, Units);
    }

    public virtual async Task DisposeAsync()
    {
        if (_isSpoilt)
        {
            await shared.EndAsync();
        }
        else
        {
            Silo.Gate.Reset();
        }
    }

    /// <summary>What this test does to silo, journal or clock the next one would feel: they end with it.</summary>
    protected void Spoil() => _isSpoilt = true;

    /// <inheritdoc cref="ClassSilo.RestartAsync"/>
    protected Task RestartAsync(Action<string>? meanwhile = null, CallGate? gate = null) => shared.RestartAsync(meanwhile, gate);

    /// <summary>A tenant's name that no other test uses.</summary>
    protected string Named(string tenant) => $"{tenant}{Text(_number ??= shared.NextTenant())}";

    protected LedgerKey Key(string unit, string period = "2017") => new(Tenant, "interaction", period, unit);

    protected ILedgerGrain Ledger(string unit, string period = "2017") => Silo.Ledger(Key(unit, period));

    /// <summary>Figures that no check objects to.</summary>
    protected static SubmitCommand Command(string requestId, long value) =>
        TestSilo.Command(requestId, ("1.1", value), ("1.2", value));

    protected Task<Receipt> SubmitAsync(string unit, string requestId, long value) =>
        Ledger(unit).Submit(Caller, Command(requestId, value), CancellationToken.None);

    protected Task<Receipt> WithdrawAsync(string unit, string requestId) => Ledger(unit).Withdraw(
        Caller, new WithdrawCommand { RequestId = requestId, Reason = "mistaken" }, CancellationToken.None);

    protected Task<LedgerVersion> AwaitAsync(Receipt receipt, string at = Province, string tree = Names.Territory) =>
        Silo.Ledger(receipt.Ledger).Await(
            Caller, new AwaitQuery { Revision = receipt.Revision, AtUnit = at, Tree = tree }, CancellationToken.None);

    /// <summary>Waits for a receipt; <c>Asked</c> completes when the ledger has the question.</summary>
    protected (Task<LedgerVersion> Included, Task Asked) AskFor(Receipt receipt, string at = Province)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Silo.Gate.OnCall = (method, key) =>
        {
            if (method == nameof(ILedgerGrain.Await) && key == receipt.Ledger.ToString())
            {
                asked.TrySetResult();
            }
        };
        return (AwaitAsync(receipt, at), asked.Task);
    }

    protected async Task<Receipt> SubmitAndAwaitAsync(string unit, string requestId, long value)
    {
        var receipt = await SubmitAsync(unit, requestId, value);
        await AwaitAsync(receipt);
        return receipt;
    }

    protected Task<TotalView> ViewAsync(
        string unit, Scope scope = Scope.Region, Layer layer = Layer.Submitted, string tree = Names.Territory) =>
        Ledger(unit).GetTotal(Caller, new TotalQuery { Scope = scope, Layer = layer, Tree = tree });

    /// <summary>The total of cell 1.1; null where no unit gave it.</summary>
    protected async Task<long?> TotalAsync(
        string unit, Scope scope = Scope.Region, Layer layer = Layer.Submitted, string tree = Names.Territory) =>
        Figure((await ViewAsync(unit, scope, layer, tree)).Cells);

    protected static long? Figure(IEnumerable<CellTotal> cells, string code = "1.1") =>
        cells.Where(cell => cell.Cell == code).Select(cell => (long?)cell.Amount.Units).SingleOrDefault();

    protected static async Task<RefusedException> RefusedAsync(RefusalKind kind, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(call);
        Assert.Equal(kind, refusal.Kind);
        return refusal;
    }

    protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
