using System.Reflection;
using System.Reflection.Emit;

namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class TypeCatalogTests
{
    [Fact]
    public void Verify_OneAliasOnTwoTypes_IsRefusedNamingBoth()
    {
        var module = Module();
        var one = WithAlias(module, "One", "same");
        var two = WithAlias(module, "Two", "same");

        var exception = Assert.Throws<OrleansConfigurationException>(() => TypeCatalog.Verify([one, two]));
        Assert.Contains("\"same\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("One", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Two", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OneIdOnTwoMembers_IsRefusedNamingTypeAndId()
    {
        var type = Module().DefineType("Doubled", TypeAttributes.Public);
        type.SetCustomAttribute(new CustomAttributeBuilder(typeof(GenerateSerializerAttribute).GetConstructor([])!, []));
        foreach (var name in new[] { "A", "B" })
        {
            var field = type.DefineField(name, typeof(int), FieldAttributes.Public);
            field.SetCustomAttribute(new CustomAttributeBuilder(typeof(IdAttribute).GetConstructor([typeof(uint)])!, [7u]));
        }

        var exception = Assert.Throws<OrleansConfigurationException>(() => TypeCatalog.Verify([type.CreateType()]));
        Assert.Contains("Doubled has two members with [Id(7)]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_TypesOfThisAssembly_AreFoundAndFine()
    {
        var types = TypeCatalog.Types();

        Assert.Contains(typeof(Fixed), types);
        Assert.Contains(typeof(EchoGrain), TypeCatalog.GrainClasses(types));
        TypeCatalog.Verify(types);
    }

    private static ModuleBuilder Module() =>
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Misuse"), AssemblyBuilderAccess.RunAndCollect).DefineDynamicModule("Misuse");

    private static Type WithAlias(ModuleBuilder module, string name, string alias)
    {
        var type = module.DefineType(name, TypeAttributes.Public);
        type.SetCustomAttribute(new CustomAttributeBuilder(typeof(AliasAttribute).GetConstructor([typeof(string)])!, [alias]));
        return type.CreateType();
    }
}
