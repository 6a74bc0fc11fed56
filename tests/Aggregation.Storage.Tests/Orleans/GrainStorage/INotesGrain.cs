namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

public interface INotesGrain : IGrainWithStringKey
{
    Task<NotesView> View();

    Task<NotesView> Write(string text);

    Task<NotesView> Clear();

    Task<NotesView> Read();

    /// <summary>Ends the activation; the next call makes a new one.</summary>
    Task End();
}
