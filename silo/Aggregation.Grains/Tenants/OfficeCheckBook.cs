using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aggregation.Contracts.Checks;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Grains.Entries;

namespace Aggregation.Grains.Tenants;

/// <summary>The checks that a tenant's office has defined, the retired ones too. Immutable; each form's are compiled once.</summary>
internal sealed class OfficeCheckBook
{
    private readonly ImmutableList<OfficeCheckRecord> _checks;
    private readonly ConcurrentDictionary<string, ImmutableArray<Check>> _compiled = new(StringComparer.Ordinal);

    private OfficeCheckBook(ImmutableList<OfficeCheckRecord> checks) => _checks = checks;

    public static OfficeCheckBook Empty { get; } = new([]);

    /// <summary>In the order in which they were defined.</summary>
    public IEnumerable<OfficeCheckRecord> All => _checks;

    public OfficeCheckBook With(CheckDefinedEntry entry, DateTimeOffset at) =>
        new(_checks.Add(new OfficeCheckRecord(Read(entry), at, null)));

    public OfficeCheckBook Without(CheckRetiredEntry entry, DateTimeOffset at) => Find(entry.Form, entry.CheckId) is { } check
        ? new(_checks.Replace(check, check with { RetiredAt = at }))
        : this;

    public OfficeCheckRecord? Find(string form, string checkId) => _checks.Find(check => check.Definition.Form == form && check.Definition.CheckId == checkId);

    /// <summary>
    /// Those that are applied to a form, compiled. One that does not fit the form as this program defines it is left out; who lists
    /// the checks is told so.
    /// </summary>
    public ImmutableArray<Check> For(Form form) => _checks.IsEmpty ? [] : _compiled.GetOrAdd(form.Id, static (id, given) =>
    [
        .. given._checks
            .Where(check => check.Definition.Form == id && check.RetiredAt is null)
            .Select(check => OfficeCheckCompiler.Compile(given.form, ToDomain(check.Definition), out _))
            .OfType<Check>(),
    ], (_checks, form));

    public static OfficeCheck ToDomain(CheckDefinition definition) => new(
        definition.CheckId,
        definition.Severity,
        definition.Rule, definition.MessageZh, definition.MessageEn);

    private static CheckDefinition Read(CheckDefinedEntry entry) => new()
    {
        Form = entry.Form,
        CheckId = entry.CheckId,
        Severity = entry.Hard ? Severity.Hard : Severity.Soft,
        Rule = entry.Rule,
        MessageZh = entry.MessageZh,
        MessageEn = entry.MessageEn,
    };
}

/// <summary>A check of an office: what it is, and from when until when it was applied.</summary>
internal sealed record OfficeCheckRecord(CheckDefinition Definition, DateTimeOffset DefinedAt, DateTimeOffset? RetiredAt)
{
    public OfficeCheckView ToView(Form? form) => new(Definition, DefinedAt, RetiredAt, FaultOn(form));

    private string FaultOn(Form? form)
    {
        if (form is null)
        {
            return $"there is no form '{Definition.Form}'";
        }

        OfficeCheckCompiler.Compile(form, OfficeCheckBook.ToDomain(Definition), out var faults);
        return string.Join("; ", faults.Select(fault => $"{fault.Field}: {fault.MessageEn}"));
    }
}
