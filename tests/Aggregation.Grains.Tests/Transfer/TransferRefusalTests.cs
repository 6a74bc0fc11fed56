using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Chains;
using Aggregation.Grains.Transfer;

namespace Aggregation.Grains.Tests.Transfer;

/// <summary>Exports and imports that are not taken: forged, of something else, or not the caller's.</summary>
public sealed class TransferRefusalTests(ClassSilo silo, TransferTarget target) : TransferTest(silo, target)
{
    [Fact]
    public async Task Import_ChangedEntry_IsRefusedByItsHash()
    {
        await FillAsync();
        var (view, entries) = await ExportAsync();
        await BeginAsync(Target, view);
        var forged = entries[0] with { Payload = entries[1].Payload };

        await RefusedAsync(RefusalKind.Invalid, () => Target.Transfer(Tenant).Import(TestSilo.Platform, Export, [forged]));
        await RefusedAsync(RefusalKind.Invalid, () => Target.Transfer(Tenant).Import(
            TestSilo.Platform, Export, [entries[0] with { Stream = "import" }]));

        // Sound in itself, but it does not follow what is there.
        var second = entries.First(entry => entry.Version == 2);
        await RefusedAsync(RefusalKind.FailedPrecondition, () => Target.Transfer(Tenant).Import(TestSilo.Platform, Export, [second]));
        var refusal = await RefusedAsync(
            RefusalKind.FailedPrecondition, () => Target.Tenant(Tenant).FinishImport(TestSilo.Platform, Export, view.Entries));
        Assert.Contains($"{view.Entries} entries and the journal 0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OtherHistoryOfTheSameTenant_IsRefused()
    {
        await SubmitAsync(CountyOne, "a", 1);
        var (view, entries) = await ExportAsync();
        await BeginAsync(Target, view);
        await Target.Transfer(Tenant).Import(TestSilo.Platform, Export, entries);
        var changed = Rehashed(entries[0] with { Actor = "another" });

        await RefusedAsync(RefusalKind.FailedPrecondition, () => Target.Transfer(Tenant).Import(TestSilo.Platform, Export, [changed]));
    }

    [Fact]
    public async Task BeginImport_ADifferingOrUnknownForm_IsRefusedByForm()
    {
        await FillAsync();
        var (view, _) = await ExportAsync();
        var form = Assert.Single(view.Forms);
        Assert.Equal("interaction", form.Form);
        Assert.Contains("\"interaction\"", form.Definition, StringComparison.Ordinal);
        var command = Of(view, Export) with
        {
            Forms = [form with { Hash = new string('0', 64) }, new TransferForm("none", form.Hash, "{}")],
        };

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Target.Tenant(Tenant).BeginImport(TestSilo.Platform, command));

        Assert.Equal(["forms[interaction].hash", "forms[none].hash"], refusal.Violations.Select(violation => violation.Field));
        await Target.Tenant(Tenant).Create(TestSilo.Platform, new CreateTenantCommand(Tenant, "South", new TenantSettings()));
    }

    [Fact]
    public async Task BeginImport_TenantThatExists_IsRefused()
    {
        var (view, _) = await ExportAsync();
        await RefusedAsync(RefusalKind.AlreadyExists, () => Silo.Tenant(Tenant).BeginImport(TestSilo.Platform, Of(view, Export)));
    }

    [Fact]
    public async Task ReadExport_TakenUpInAnotherJournal_IsRefused()
    {
        await FillAsync();
        var (view, entries) = await ExportAsync();
        ExportPoint At(TransferEntry entry, ImmutableArray<byte> hash) => new()
        {
            Through = view.Through, Stream = entry.Stream, Version = entry.Version, Hash = hash,
        };

        var rest = await Silo.Transfer(Tenant).ReadExport(Caller, At(entries[3], entries[3].Hash), default);
        Assert.Equal(entries[4..].Select(Text), rest.Select(Text));
        foreach (var point in new[]
        {
            At(entries[3], entries[4].Hash), At(entries[3], entries[3].Hash) with { Version = 99 },
            At(entries[3], entries[3].Hash) with { Through = long.MaxValue },
        })
        {
            await RefusedAsync(RefusalKind.FailedPrecondition, () => Silo.Transfer(Tenant).ReadExport(Caller, point, default));
        }
    }

    [Fact]
    public async Task EveryMethod_WrongTenantOrRole_IsRefused()
    {
        var view = await Silo.Transfer(Tenant).OpenExport(Caller, default);
        var start = new ExportPoint { Through = view.Through };
        var transfer = Silo.Transfer(Tenant);
        foreach (var (kind, caller) in new[]
        {
            (RefusalKind.Forbidden, Caller with { IsAdministrator = false }),
            (RefusalKind.NotFound, TestSilo.Everything("north")),
            (RefusalKind.NotFound, TestSilo.Platform),
        })
        {
            await RefusedAsync(kind, () => transfer.OpenExport(caller, default));
            await RefusedAsync(kind, () => transfer.ReadExport(caller, start, default));
        }

        await RefusedAsync(RefusalKind.Forbidden, () => transfer.Import(Caller, Export, []));
        await RefusedAsync(RefusalKind.FailedPrecondition, () => transfer.Import(TestSilo.Platform, Export, []));
        Assert.Equal(3, typeof(ITransferGrain).GetMethods().Length);
    }

    private TransferEntry Rehashed(TransferEntry entry) => entry with { Hash = [.. EntryHash.Of(entry.ToNew(Tenant))] };
}
