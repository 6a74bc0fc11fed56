using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Aggregation.Polyfills.Grpc.Tests;

namespace Aggregation.Polyfills.Orleans.Tests.Metadata;

/// <summary>The public types of an assembly and the types it asks others for, read from its file; it is not loaded.</summary>
internal sealed class AssemblySurface
{
    private readonly Dictionary<string, SurfaceType> _types = [];
    private readonly HashSet<string> _referenced = [];

    public AssemblySurface(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        foreach (var handle in reader.TypeDefinitions.Where(handle => IsPublic(reader, reader.GetTypeDefinition(handle))))
        {
            var type = Read(reader, handle);
            _types.Add(type.Name, type);
        }

        foreach (var handle in reader.TypeReferences) _referenced.Add(SignatureText.NameOf(reader, handle));
    }

    public IReadOnlyDictionary<string, SurfaceType> Types => _types;

    public IReadOnlySet<string> Referenced => _referenced;

    private static SurfaceType Read(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var baseName = BaseOf(reader, type.BaseType);
        var kind = (type.Attributes & TypeAttributes.Interface) != 0 ? "interface" : baseName switch
        {
            "System.Enum" => "enum",
            "System.ValueType" => "struct",
            "System.MulticastDelegate" => "delegate",
            _ => "class",
        };
        var members = new HashSet<string>();
        foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            if (!IsVisible((int)(method.Attributes & MethodAttributes.MemberAccessMask))) continue;
            var signature = SignatureText.Of(method.DecodeSignature(SignatureText.Instance, null));
            members.Add($"{reader.GetString(method.Name)} {signature}");
        }

        foreach (var field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            if (!IsVisible((int)(field.Attributes & FieldAttributes.FieldAccessMask))) continue;
            var signature = field.DecodeSignature(SignatureText.Instance, null);
            members.Add($"{reader.GetString(field.Name)} {signature}{ValueOf(reader, field)}");
        }

        return new(SignatureText.NameOf(reader, handle), kind, baseName, members);
    }

    private static string ValueOf(MetadataReader reader, FieldDefinition field)
    {
        if (field.GetDefaultValue().IsNil) return "";
        var constant = reader.GetConstant(field.GetDefaultValue());
        return $" = {reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)}";
    }

    private static string? BaseOf(MetadataReader reader, EntityHandle handle)
    {
        if (handle.IsNil) return null;
        if (handle.Kind != HandleKind.TypeSpecification) return SignatureText.NameOf(reader, handle);
        var text = reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(SignatureText.Instance, null);
        return text.Split('<')[0].Split(' ')[^1];
    }

    private static bool IsPublic(MetadataReader reader, TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic => IsPublic(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
            _ => false,
        };

    /// <summary>Methods and fields number their access alike.</summary>
    private static bool IsVisible(int access) => (MethodAttributes)access
        is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
}
