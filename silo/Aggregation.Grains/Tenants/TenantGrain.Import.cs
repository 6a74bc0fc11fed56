using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Tenants;

/// <content>A tenant that comes from another journal. Its name is taken here, where tenants are created too.</content>
internal sealed partial class TenantGrain
{
    public async Task<ImportView> BeginImport(Caller caller, ImportCommand command)
    {
        Access.RequirePlatform(caller);
        RequireName();
        TenantRules.RequireText("export", command.Export, Names.MaxLength);
        TenantRules.RequireText("name", command.Name, 100);
        var exists = (await catalog.RefreshAsync(Tenant)).Exists;
        var record = await ImportRecord.ReadAsync(journal, Tenant);
        if (exists)
        {
            return record.IsFinished && record.Export == command.Export
                ? new ImportView(Finished: true)
                : throw new RefusedException(
                    RefusalKind.AlreadyExists, $"Tenant '{Tenant}' exists; an import makes a tenant and never changes one.");
        }

        RequireForms(command.Forms);
        if (record.IsOpen && command.At < record.ExportedAt)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"An import of '{Tenant}' is under way from an export of {record.ExportedAt:u}; one of {command.At:u} lacks what is there."));
        }

        if (record.Export != command.Export)
        {
            await RecordAsync(record, EntryKinds.ImportStarted, caller, new ImportStartedEntry
            {
                Export = command.Export,
                ExportedAtUnixMs = command.At.ToUnixTimeMilliseconds(),
                Name = command.Name,
            });
        }

        return new ImportView(Finished: false);
    }

    public async Task FinishImport(Caller caller, string export, long entries)
    {
        Access.RequirePlatform(caller);
        var record = await ImportRecord.ReadAsync(journal, Tenant);
        if (record.IsFinished && record.Export == export)
        {
            return;
        }

        record.RequireOpen(Tenant, export);
        var held = await CountAsync() - record.Version;
        if (held != entries)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition,
                $"The export of '{Tenant}' has {entries} entries and the journal {held}; send all of it again.");
        }

        var stream = await journal.ReadStreamAsync(Tenant, TenantState.Stream, 0, CancellationToken.None);
        if (stream.Count == 0)
        {
            throw Refuse.Invalid("entries", Tenant, "a stream 'tenant'", "导出文件中没有租户本身", "the export lacks the tenant itself");
        }

        // What this program cannot read must not become a tenant; registered before it exists, as when one is created.
        var state = stream.Aggregate(new TenantState { Tenant = Tenant }, (state, entry) => state.Apply(entry));
        await grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).Register(caller, new TenantView(Tenant, state.Name, stream[0].At));
        await RecordAsync(
            record, EntryKinds.ImportFinished, caller, new ImportFinishedEntry { Export = export, Entries = entries });
    }

    private async Task<long> CountAsync() => await journal.CountEntriesAsync(
        Tenant, await journal.ReadPositionAsync(CancellationToken.None), CancellationToken.None);

    private async Task RequireNoImportAsync()
    {
        if ((await ImportRecord.ReadAsync(journal, Tenant)).IsOpen)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition, $"Tenant '{Tenant}' is being imported; finish the import.");
        }
    }

    private void RequireForms(ImmutableArray<TransferForm> wanted)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        foreach (var form in wanted)
        {
            var here = forms.TryGet(form.Form, out var known) ? known.ContentHash : "";
            if (here != form.Hash)
            {
                violations.Add(new Violation
                {
                    Field = $"forms[{form.Form}].hash",
                    Value = form.Hash,
                    Rule = here.Length == 0 ? "known form" : $"= {here}",
                    MessageZh = here.Length == 0 ? "本系统没有此报表" : "本系统的此报表定义不同",
                    MessageEn = here.Length == 0 ? "there is no such form here" : "the form is defined differently here",
                });
            }
        }

        if (violations.Count > 0)
        {
            throw Refuse.Invalid($"{violations.Count} forms of the export are not the same here.", violations.ToImmutable());
        }
    }

    private void RequireName()
    {
        if (!Names.IsTenant(Tenant) || Tenant == Names.PlatformTenant)
        {
            throw Refuse.Invalid("tenant", Tenant, "a-z, 0-9, -; not 'platform'",
                "租户名由小写字母、数字和连字符组成，以字母开头，且不得为 platform",
                "lower-case letters, digits and hyphens, starting with a letter, and not 'platform'");
        }
    }

    private Task<StoredEntry> RecordAsync(ImportRecord record, string kind, Caller caller, IMessage payload) => journal.AppendAsync(
        Tenant, ImportRecord.Stream, record.Version, record.Head, kind, payload, caller.KeyId, clock.GetUtcNow(), caller.Origin);
}
