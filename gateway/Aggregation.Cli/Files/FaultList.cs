using Aggregation.Domain.Texts;
using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>Collects the faults of files, so that all are shown at once.</summary>
internal sealed class FaultList
{
    private readonly List<Violation> _faults = [];

    public bool IsEmpty => _faults.Count == 0;

    public void Add(string field, string value, string rule, string messageZh, string messageEn) =>
        _faults.Add(new Violation { Field = field, Value = value, Rule = rule, MessageZh = messageZh, MessageEn = messageEn });

    /// <summary>The faults of a table, by line and column.</summary>
    public void Add(string file, IEnumerable<CsvFault> faults)
    {
        foreach (var fault in faults)
        {
            var place = fault.Column.Length == 0 ? "" : $": {fault.Column}";
            Add($"{file}: line {fault.Line}{place}", fault.Value, fault.Rule, fault.MessageZh, fault.MessageEn);
        }
    }

    /// <exception cref="CommandFailedException">There is a fault.</exception>
    public void ThrowIfAny(string message)
    {
        if (!IsEmpty)
        {
            throw new CommandFailedException(message, _faults);
        }
    }
}
