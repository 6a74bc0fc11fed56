namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

[GenerateSerializer, Alias("test.NotesState")]
public sealed class NotesState
{
    [Id(0)]
    public string Text { get; set; } = "";
}
