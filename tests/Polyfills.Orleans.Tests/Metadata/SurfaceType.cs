namespace Aggregation.Polyfills.Orleans.Tests.Metadata;

/// <summary>What a public type shows: members that others may use or override, each as one line.</summary>
/// <param name="Kind">interface, struct, enum, delegate or class.</param>
/// <param name="Base">The full name of the base type, or null.</param>
internal sealed record SurfaceType(string Name, string Kind, string? Base, IReadOnlySet<string> Members);
