namespace Aggregation.Domain.Forms.Loading;

/// <summary>A definition to load.</summary>
/// <param name="File">What faults call it.</param>
/// <param name="Content">UTF-8 JSON; the caller disposes of it.</param>
public sealed record FormSource(string File, Stream Content);
