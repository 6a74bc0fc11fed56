using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Aggregation.Polyfills.Grpc.Tests;

/// <summary>An assembly beside the tests, read without being loaded.</summary>
internal sealed class MetadataAssembly : IDisposable
{
    private readonly PEReader file;
    private readonly MetadataReader reader;
    private readonly Dictionary<string, TypeDefinition> types;

    public MetadataAssembly(string name)
    {
        Name = name;
        file = new PEReader(File.OpenRead(PathOf(name)));
        reader = file.GetMetadataReader();
        types = reader.TypeDefinitions.ToDictionary(handle => SignatureText.NameOf(reader, handle), reader.GetTypeDefinition);
    }

    public string Name { get; }

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");

    public IEnumerable<AssemblyName> AssemblyReferences() =>
        reader.AssemblyReferences.Select(handle => reader.GetAssemblyReference(handle).GetAssemblyName());

    /// <summary>Every type and member that this assembly asks others for.</summary>
    public IEnumerable<MemberOf> References()
    {
        foreach (var handle in reader.TypeReferences)
            yield return new MemberOf(AssemblyOf(handle), SignatureText.NameOf(reader, handle), null, null);

        foreach (var member in reader.MemberReferences.Select(reader.GetMemberReference))
            if (DeclaringType(member.Parent) is { } type)
                yield return new MemberOf(
                    AssemblyOf(type), SignatureText.NameOf(reader, type), reader.GetString(member.Name), SignatureOf(member));
    }

    /// <summary>Null where this assembly has what is asked for, and shows it to the assembly that asks.</summary>
    public string? WhyUnresolved(MemberOf reference, string asking)
    {
        if (!types.TryGetValue(reference.Type, out var type))
            return $"{reference}: no such type";

        if (!IsPublic(type) && !ShowsInternals(asking))
            return $"{reference}: not visible to {asking}";

        if (reference.Member is null)
            return null;

        return FindMember(type, reference) switch
        {
            null => $"{reference}: no such member",
            false when !ShowsInternals(asking) => $"{reference}: not visible to {asking}",
            _ => null,
        };
    }

    public void Dispose() => file.Dispose();

    /// <summary>Whether the member is public or protected; null where there is none.</summary>
    private bool? FindMember(TypeDefinition type, MemberOf reference)
    {
        foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition))
            if (reader.GetString(method.Name) == reference.Member
                && SignatureText.Of(method.DecodeSignature(SignatureText.Instance, null)) == reference.Signature)
                return (method.Attributes & MethodAttributes.MemberAccessMask)
                    is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

        foreach (var field in type.GetFields().Select(reader.GetFieldDefinition))
            if (reader.GetString(field.Name) == reference.Member
                && field.DecodeSignature(SignatureText.Instance, null) == reference.Signature)
                return (field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public;

        return null;
    }

    private bool IsPublic(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic => IsPublic(reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private bool ShowsInternals(string asking) => reader.GetAssemblyDefinition().GetCustomAttributes()
        .Select(reader.GetCustomAttribute)
        .Where(attribute => attribute.Constructor.Kind == HandleKind.MemberReference
            && SignatureText.NameOf(reader, reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent)
                == "System.Runtime.CompilerServices.InternalsVisibleToAttribute")
        .Select(FirstArgument)
        .Any(name => name?.StartsWith(asking + ",", StringComparison.Ordinal) == true);

    private string? FirstArgument(CustomAttribute attribute)
    {
        var value = reader.GetBlobReader(attribute.Value);
        value.ReadUInt16();
        return value.ReadSerializedString();
    }

    private string SignatureOf(MemberReference member) => member.GetKind() == MemberReferenceKind.Method
        ? SignatureText.Of(member.DecodeMethodSignature(SignatureText.Instance, null))
        : member.DecodeFieldSignature(SignatureText.Instance, null);

    /// <summary>The referenced type that a member belongs to; null for this assembly's own and for arrays.</summary>
    private TypeReferenceHandle? DeclaringType(EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
            return (TypeReferenceHandle)parent;

        if (parent.Kind != HandleKind.TypeSpecification)
            return null;

        var signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;

        signature.ReadCompressedInteger();
        var type = signature.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }

    private string AssemblyOf(EntityHandle scope)
    {
        while (scope.Kind == HandleKind.TypeReference)
            scope = reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;

        return scope.Kind == HandleKind.AssemblyReference
            ? reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)
            : string.Empty;
    }
}
