using System.Collections.Immutable;

namespace Aggregation.Domain.Forms.Loading;

/// <summary>Definitions are refused as a whole; the message has one line for each fault of each file.</summary>
public sealed class FormDefinitionException(ImmutableArray<FormFault> faults)
    : Exception($"{faults.Length} faults in form definitions:\n{string.Join('\n', faults)}")
{
    /// <summary>Every fault of every file, in the order of the files.</summary>
    public ImmutableArray<FormFault> Faults { get; } = faults;
}
