using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>Collects the faults of files, so that all are shown at once.</summary>
internal sealed class FaultList
{
    private readonly List<Violation> _faults = [];

    public bool IsEmpty => _faults.Count == 0;

    public void Add(string field, string value, string rule, string messageZh, string messageEn) =>
        _faults.Add(new Violation { Field = field, Value = value, Rule = rule, MessageZh = messageZh, MessageEn = messageEn });

    /// <exception cref="CommandFailedException">There is a fault.</exception>
    public void ThrowIfAny(string message)
    {
        if (!IsEmpty)
        {
            throw new CommandFailedException(message, _faults);
        }
    }
}
