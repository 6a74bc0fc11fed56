namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

/// <param name="AtActivation">The text as OnActivateAsync saw it.</param>
[GenerateSerializer, Immutable, Alias("test.NotesView")]
public sealed record NotesView(
    [property: Id(0)] string Text,
    [property: Id(1)] string? ETag,
    [property: Id(2)] bool Exists,
    [property: Id(3)] string AtActivation);
