using System.Reflection;

namespace Aggregation.Polyfills.Grpc.Tests;

/// <summary>The served gRPC assemblies were compiled against upstream's: whatever they ask for must be there, exactly.</summary>
public sealed class ServedAssemblyTests
{
    private static readonly string[] Supplied = ["Grpc.Core.Api", "Grpc.Net.Common"];

    public static TheoryData<string> Served { get; } = ["Grpc.Net.Client", "Grpc.AspNetCore.Server"];

    [Theory]
    [MemberData(nameof(Served))]
    public void References_InMetadata_AllResolve(string name)
    {
        using var served = new MetadataAssembly(name);
        var supplied = Supplied.Select(each => new MetadataAssembly(each)).ToDictionary(each => each.Name);

        var missing = served.References()
            .Where(reference => supplied.ContainsKey(reference.Assembly))
            .Select(reference => supplied[reference.Assembly].WhyUnresolved(reference, name))
            .OfType<string>()
            .Order(StringComparer.Ordinal);

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Served))]
    public void References_InMetadata_AreManyAndNameTheSuppliedIdentity(string name)
    {
        using var served = new MetadataAssembly(name);

        Assert.True(served.References().Count(reference => Supplied.Contains(reference.Assembly)) > 50);
        foreach (var assembly in Supplied)
        {
            var asked = served.AssemblyReferences().Single(reference => reference.Name == assembly);
            var given = AssemblyName.GetAssemblyName(MetadataAssembly.PathOf(assembly));
            Assert.Equal(asked.FullName, given.FullName);
        }
    }

    [Fact]
    public void WhyUnresolved_MemberThatIsNotThere_NamesIt()
    {
        using var supplied = new MetadataAssembly("Grpc.Core.Api");
        var present = new MemberOf("Grpc.Core.Api", "Grpc.Core.Status", "get_Detail", "instance () String");

        Assert.Null(supplied.WhyUnresolved(present, "Grpc.Net.Client"));
        Assert.Equal(
            "Grpc.Core.Status.get_Details instance () String: no such member",
            supplied.WhyUnresolved(present with { Member = "get_Details" }, "Grpc.Net.Client"));
        Assert.Equal(
            "Grpc.Core.Status.get_Detail instance () Int32: no such member",
            supplied.WhyUnresolved(present with { Signature = "instance () Int32" }, "Grpc.Net.Client"));
        Assert.Equal(
            "Grpc.Core.Absent: no such type",
            supplied.WhyUnresolved(new MemberOf("Grpc.Core.Api", "Grpc.Core.Absent", null, null), "Grpc.Net.Client"));
    }

    /// <summary>The runtime refuses a type that leaves an abstract member of its base or an interface's member open.</summary>
    [Theory]
    [MemberData(nameof(Served))]
    public void Types_WhenLoaded_ImplementAllThatIsAbstract(string name) =>
        Assert.NotEmpty(Assembly.LoadFrom(MetadataAssembly.PathOf(name)).GetTypes());

    /// <summary>An override without a base method would load and never be called.</summary>
    [Theory]
    [MemberData(nameof(Served))]
    public void Overrides_OfSuppliedTypes_HaveABaseMethod(string name)
    {
        var overrides = Assembly.LoadFrom(MetadataAssembly.PathOf(name)).GetTypes()
            .Where(type => Supplied.Contains(type.BaseType?.Assembly.GetName().Name))
            .SelectMany(type => type.GetMethods(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot))
            .ToArray();

        Assert.NotEmpty(overrides);
        Assert.All(overrides, method => Assert.NotEqual(method, method.GetBaseDefinition()));
    }
}
