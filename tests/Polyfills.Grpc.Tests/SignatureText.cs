using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Aggregation.Polyfills.Grpc.Tests;

/// <summary>Writes signatures so that equal texts mean that the runtime takes one for the other, whichever file they come from.</summary>
internal sealed class SignatureText : ISignatureTypeProvider<string, object?>
{
    public static readonly SignatureText Instance = new();

    public static string Of(MethodSignature<string> signature)
    {
        var kind = signature.Header.IsInstance ? "instance " : "static ";
        var arity = signature.GenericParameterCount == 0 ? string.Empty : $"<{signature.GenericParameterCount}>";
        return $"{kind}{arity}({string.Join(", ", signature.ParameterTypes)}) {signature.ReturnType}";
    }

    public static string NameOf(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => NameOf(reader, reader.GetTypeReference((TypeReferenceHandle)handle)),
        HandleKind.TypeDefinition => NameOf(reader, reader.GetTypeDefinition((TypeDefinitionHandle)handle)),
        _ => throw new ArgumentException($"A {handle.Kind} has no name of its own", nameof(handle)),
    };

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"fnptr {Of(signature)}";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(',', typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        $"{unmodifiedType} {(isRequired ? "modreq" : "modopt")}({modifier})";

    public string GetPinnedType(string elementType) => elementType + " pinned";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Kind(rawTypeKind) + NameOf(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Kind(rawTypeKind) + NameOf(reader, handle);

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private static string NameOf(MetadataReader reader, TypeReference type)
    {
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, type.ResolutionScope)}+{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    private static string NameOf(MetadataReader reader, TypeDefinition type)
    {
        var name = reader.GetString(type.Name);
        return type.IsNested
            ? $"{NameOf(reader, type.GetDeclaringType())}+{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    private static string Qualified(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    private static string Kind(byte rawTypeKind) => (SignatureTypeKind)rawTypeKind switch
    {
        SignatureTypeKind.Class => "class ",
        SignatureTypeKind.ValueType => "valuetype ",
        _ => string.Empty,
    };
}
