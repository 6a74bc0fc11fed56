
namespace Aggregation.Polyfills.Orleans.Tests.Storage;

/// <summary>Asks for a storage that no test configures.</summary>
public sealed class HomelessGrain([PersistentState("notes", "nowhere")] IPersistentState<NotesState> notes) : Grain, IHomelessGrain
{
    public Task Call() => notes.WriteStateAsync();
}
