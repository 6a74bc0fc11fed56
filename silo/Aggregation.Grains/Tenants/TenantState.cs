using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tenants;

/// <summary>A tenant as its journal stream tells it: the fold of the stream's entries. Immutable.</summary>
internal sealed record TenantState
{
    public const string Stream = "tenant";

    public required string Tenant { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Whether four eyes are needed is always said here.</summary>
    public TenantSettings Settings { get; init; } = new(FourEyes: false);

    public AdministrativeStructure Structure { get; init; } = AdministrativeStructure.Empty;

    /// <summary>The list of changes that made <see cref="Structure"/>; null where an import did.</summary>
    public UnitsRestructuredEntry? LastChanges { get; init; }

    public KeyBook Keys { get; init; } = KeyBook.Empty;

    /// <summary>填报任务 by form and period.</summary>
    public ReportingTasks Tasks { get; init; } = ReportingTasks.None;

    public WorkingCalendar Calendar { get; init; } = WorkingCalendar.Empty;

    /// <summary>Checks that the office has defined beside those of the forms.</summary>
    public OfficeCheckBook Checks { get; init; } = OfficeCheckBook.Empty;

    /// <summary>The stream's last version; 0 where there is no such tenant.</summary>
    public long Version { get; init; }

    public ReadOnlyMemory<byte> Head { get; init; }

    public bool Exists => Version > 0;

    /// <summary>The state after an entry; the very same state for an entry that it holds already.</summary>
    public TenantState Apply(StoredEntry entry)
    {
        if (entry.Version <= Version)
        {
            return this;
        }

        var next = entry.Kind switch
        {
            EntryKinds.TenantCreated => Created(TenantCreatedEntry.Parser.ParseFrom(entry.Payload.Span), entry.At),
            EntryKinds.SettingsChanged => this with { Settings = Read(SettingsEntry.Parser.ParseFrom(entry.Payload.Span)) },
            EntryKinds.UnitsImported => Imported(UnitsImportedEntry.Parser.ParseFrom(entry.Payload.Span), entry.Version),
            EntryKinds.UnitsRestructured => Restructured(UnitsRestructuredEntry.Parser.ParseFrom(entry.Payload.Span), entry.Version),
            EntryKinds.TaskOpened => this with { Tasks = Tasks.With(TaskEntries.ReadOpened(entry)) },
            EntryKinds.TaskUnitsAdded => this with { Tasks = TaskEntries.WithUnits(Tasks, entry) },
            EntryKinds.TaskCancelled => this with { Tasks = TaskEntries.WithoutTask(Tasks, entry) },
            EntryKinds.ExtensionGranted => this with { Tasks = TaskEntries.WithExtension(Tasks, entry) },
            EntryKinds.CalendarSet => this with { Calendar = Calendar.With(TaskEntries.ReadCalendar(entry)) },
            EntryKinds.CheckDefined => this with { Checks = Checks.With(CheckDefinedEntry.Parser.ParseFrom(entry.Payload.Span), entry.At) },
            EntryKinds.CheckRetired => this with { Checks = Checks.Without(CheckRetiredEntry.Parser.ParseFrom(entry.Payload.Span), entry.At) },
            EntryKinds.PersonSet or EntryKinds.PersonErased => this,
            _ => this with
            {
                Keys = Keys.Apply(entry) ?? throw new InvalidDataException(
                    $"Journal entry {entry.Version} of tenant '{Tenant}' is of kind '{entry.Kind}', which this program does not know."),
            },
        };
        return next with { Version = entry.Version, Head = entry.Hash };
    }

    private TenantState Created(TenantCreatedEntry entry, DateTimeOffset at) =>
        this with { Name = entry.Name, Settings = Read(entry.Settings), Keys = Keys.With(entry.Administrator, at) };

    private static TenantSettings Read(SettingsEntry entry) => new(entry.AutoAccept, !entry.TotalsEntered, entry.SignatureRequired, entry.FourEyes)
    {
        CheckSumsBelow = !entry.SumsBelowUnchecked,
        LockOnCompletion = entry.LockOnCompletion,
    };

    private TenantState Imported(UnitsImportedEntry entry, long version)
    {
        var import = Structure.ImportAgain(entry.Tree, entry.Csv);
        return import.Structure is { } structure
            ? this with { Structure = structure, LastChanges = null }
            : throw new InvalidDataException(
                $"Journal entry {version} of tenant '{Tenant}' imports units that no longer pass: {import.Faults[0].MessageEn}");
    }

    private TenantState Restructured(UnitsRestructuredEntry entry, long version)
    {
        var result = Structure.Restructure(StructureChanges.Rows(entry));
        return result.Structure is { } structure
            ? this with { Structure = structure, LastChanges = entry }
            : throw new InvalidDataException(
                $"Journal entry {version} of tenant '{Tenant}' has changes that no longer pass: {result.Faults[0].MessageEn}");
    }
}
