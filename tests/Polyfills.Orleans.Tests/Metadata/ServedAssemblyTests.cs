namespace Aggregation.Polyfills.Orleans.Tests.Metadata;

/// <summary>
/// Holds the polyfills against those of upstream's assemblies that are served: what they show must be there, or what
/// builds here would not build with the real packages.
/// </summary>
public sealed class ServedAssemblyTests
{
    private static readonly AssemblySurface[] Served =
    [
        .. ((string[])["Orleans.Core.Abstractions", "Orleans.Persistence.AdoNet", "Orleans.Clustering.AdoNet"])
            .Select(static name => new AssemblySurface(Path.Combine(AppContext.BaseDirectory, "served", name + ".dll"))),
    ];

    private static readonly AssemblySurface[] Polyfills =
    [
        .. ((string[])["Orleans.Sdk", "Orleans.Server", "Orleans.Client", "Orleans.Persistence.AdoNet", "Orleans.Clustering.AdoNet"])
            .Select(static name => new AssemblySurface(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];

    private static readonly Dictionary<string, SurfaceType> Upstream =
        Served.SelectMany(static assembly => assembly.Types).ToDictionary();

    /// <summary>What every object has; overriding one of them shows nothing new.</summary>
    private static readonly HashSet<string> ObjectMembers =
    [
        "Equals instance (Object) Boolean", "GetHashCode instance () Int32", "ToString instance () String",
    ];

    private static IEnumerable<SurfaceType> PolyfillTypes => Polyfills.SelectMany(static assembly => assembly.Types.Values);

    [Fact]
    public void SharedTypes_InMetadata_ShowNothingThatUpstreamLacks()
    {
        var shared = PolyfillTypes.Where(static type => Upstream.ContainsKey(type.Name)).ToList();

        var deviations = shared.SelectMany(DeviationsOf).Order(StringComparer.Ordinal);

        AssertNone(deviations);
        Assert.True(shared.Count > 60, $"Only {shared.Count} types are shared.");
    }

    [Fact]
    public void OtherTypes_InOrleansNamespaces_AreKnownToBeInAssembliesThatAreNotServed()
    {
        // A served assembly that refers to a type of another assembly proves that it is there.
        var proven = Served.SelectMany(static assembly => assembly.Referenced).ToHashSet();

        var unknown = PolyfillTypes.Select(static type => type.Name)
            .Where(static name => name.StartsWith("Orleans", StringComparison.Ordinal) && !Upstream.ContainsKey(name))
            .Where(name => !proven.Contains(name) && !UnservedTypes.All.Contains(name))
            .Order(StringComparer.Ordinal);

        AssertNone(unknown);
    }

    [Fact]
    public void UnservedTypes_EachIsNeeded()
    {
        var names = PolyfillTypes.Select(static type => type.Name).ToHashSet();

        AssertNone(UnservedTypes.All.Where(name => !names.Contains(name) || Upstream.ContainsKey(name)));
    }

    [Fact]
    public void DeviationsOf_MemberThatUpstreamLacks_NamesIt()
    {
        var type = new SurfaceType("Orleans.IGrain", "interface", null, new HashSet<string> { "Fly instance () Void" });

        Assert.Equal(["Orleans.IGrain: upstream has no Fly instance () Void"], DeviationsOf(type));
        Assert.Equal(
            ["Orleans.IGrain is of kind class, upstream's of kind interface"],
            DeviationsOf(type with { Kind = "class", Members = new HashSet<string>() }));
    }

    /// <summary>Lists all of them when it fails, not the first few.</summary>
    private static void AssertNone(IEnumerable<string> faults)
    {
        var text = string.Join(Environment.NewLine, faults);
        Assert.True(text.Length == 0, text);
    }

    private static IEnumerable<string> DeviationsOf(SurfaceType type)
    {
        var upstream = Upstream[type.Name];
        if (type.Kind != upstream.Kind) yield return $"{type.Name} is of kind {type.Kind}, upstream's of kind {upstream.Kind}";
        foreach (var member in type.Members)
        {
            if (!ObjectMembers.Contains(member) && !Has(upstream, member))
                yield return $"{type.Name}: upstream has no {member}";
        }
    }

    /// <summary>Whether the type or one of its bases has the member.</summary>
    private static bool Has(SurfaceType? type, string member)
    {
        for (; type is not null; type = Upstream.GetValueOrDefault(type.Base ?? ""))
        {
            if (type.Members.Contains(member)) return true;
        }

        return false;
    }
}
