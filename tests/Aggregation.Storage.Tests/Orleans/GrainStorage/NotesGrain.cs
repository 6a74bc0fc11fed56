
namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

public sealed class NotesGrain([PersistentState("notes", "main")] IPersistentState<NotesState> notes) : Grain, INotesGrain
{
    private string _atActivation = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = notes.State.Text;
        return Task.CompletedTask;
    }

    public Task<NotesView> View() =>
        Task.FromResult(new NotesView(notes.State.Text, notes.Etag, notes.RecordExists, _atActivation));

    public async Task<NotesView> Write(string text)
    {
        notes.State.Text = text;
        await notes.WriteStateAsync();
        return await View();
    }

    public async Task<NotesView> Clear()
    {
        await notes.ClearStateAsync();
        return await View();
    }

    public async Task<NotesView> Read()
    {
        await notes.ReadStateAsync();
        return await View();
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
