using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Aggregation.Polyfills.Orleans.Tests;

[GenerateSerializer, Immutable, Alias("tests.Fixed")]
public sealed record Fixed([property: Id(0)] string Name, [property: Id(1)] ImmutableArray<long> Values);

[GenerateSerializer, Alias("tests.Mutable")]
public sealed class Mutable
{
    [Id(0)]
    public Collection<int> Items { get; init; } = [];

    [Id(1)]
    public Mutable? Next { get; set; }

    public string? NotSent { get; set; }
}

[GenerateSerializer, Alias("tests.Open"), Immutable]
public sealed record Open([property: Id(0)] IReadOnlyList<int> Values);

[GenerateSerializer, Alias("tests.Shape")]
public abstract record Shape([property: Id(0)] string Name);

[GenerateSerializer, Alias("tests.Circle")]
public sealed record Circle(string Name, [property: Id(0)] int[] Radii) : Shape(Name);

public sealed record Unmarked(string Name);

public interface IMessageGrain : IGrainWithStringKey
{
    Task<Fixed> EchoFixed(Fixed value);

    Task<Mutable> EchoMutable(Mutable value);

    Task<Shape> EchoShape(Shape value);

    Task<Open> EchoOpen(Open value);

    Task<Dictionary<string, List<int>>> EchoDictionary(Dictionary<string, List<int>> value);

    Task<object> EchoObject(object value);

    Task Increment([Immutable] int[] value);

    Task<IReadOnlyList<int>> Synthesised();
}

/// <summary>Has a parameter that no message may carry; upstream refuses as soon as a reference is asked for.</summary>
public interface IUnmarkedGrain : IGrainWithStringKey
{
    Task Take(Unmarked value);
}

public sealed class MessageGrain : Grain, IMessageGrain
{
    public Task<Fixed> EchoFixed(Fixed value) => Task.FromResult(value);

    public Task<Mutable> EchoMutable(Mutable value)
    {
        value.Items.Add(99);
        return Task.FromResult(value);
    }

    public Task<Shape> EchoShape(Shape value) => Task.FromResult(value);

    public Task<Open> EchoOpen(Open value) => Task.FromResult(value);

    public Task<Dictionary<string, List<int>>> EchoDictionary(Dictionary<string, List<int>> value) => Task.FromResult(value);

    public Task<object> EchoObject(object value) => Task.FromResult(value);

    public Task Increment(int[] value)
    {
        value[0]++;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<int>> Synthesised() => Task.FromResult<IReadOnlyList<int>>([1, 2, 3]);
}

public sealed class UnmarkedGrain : Grain, IUnmarkedGrain
{
    public Task Take(Unmarked value) => Task.CompletedTask;
}
