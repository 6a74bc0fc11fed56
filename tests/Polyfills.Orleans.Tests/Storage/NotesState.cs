namespace Aggregation.Polyfills.Orleans.Tests.Storage;

[GenerateSerializer, Alias("test.NotesState")]
public sealed class NotesState
{
    [Id(0)]
    public string Text { get; set; } = "";
}
