using Aggregation.Domain.Chains;

namespace Aggregation.Storage.Journal;

/// <summary>A stream is not as it was written; what it says is not believed.</summary>
public sealed class JournalDamagedException(string stream, long version, ChainFault fault)
    : Exception($"Entry {version} of stream '{stream}' is not as it was written ({fault}).");
