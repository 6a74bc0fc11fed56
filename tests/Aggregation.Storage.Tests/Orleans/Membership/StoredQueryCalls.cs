using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Aggregation.Storage.Tests.Orleans.Membership;

/// <summary>
/// Which stored statements an assembly of Orleans asks for and which parameters it passes to each, read from the code of the
/// methods that do it; nothing is loaded.
/// </summary>
internal sealed class StoredQueryCalls
{
    private const string Getter = "get_";
    private const string Setter = "set_";
    private const string KeyEnd = "Key";
    private const byte Call = 0x28;
    private const byte VirtualCall = 0x6f;

    private readonly Dictionary<int, string> _members = [];
    private readonly Dictionary<string, (HashSet<string> Keys, HashSet<string> Parameters)> _methods = [];

    public StoredQueryCalls(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var types = reader.TypeDefinitions.Select(reader.GetTypeDefinition).ToList();
        foreach (var type in types.Where(type => reader.GetString(type.Name) is "DbStoredQueries" or "Columns"))
        {
            foreach (var method in type.GetMethods())
                _members.Add(MetadataTokens.GetToken(method), reader.GetString(reader.GetMethodDefinition(method).Name));
        }

        Keys = _members.Values.Where(static name => name.StartsWith(Getter, StringComparison.Ordinal) && name.EndsWith(KeyEnd, StringComparison.Ordinal))
            .Select(static name => name[Getter.Length..]).ToHashSet();
        foreach (var type in types.Where(type => reader.GetString(type.Name) != "Columns"))
        {
            foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition).Where(static method => method.RelativeVirtualAddress != 0))
            {
                // The compiler names a method's parts after it: '<Method>b__0', and its states by a type '<Method>d__1'.
                var name = Between(reader.GetString(method.Name)) ?? Between(reader.GetString(type.Name)) ?? reader.GetString(method.Name);
                Collect(name, file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!);
            }
        }
    }

    /// <summary>The statements without which it does not start.</summary>
    public IReadOnlySet<string> Keys { get; }

    /// <summary>The parameters that the methods set which ask for a statement.</summary>
    public IReadOnlySet<string> ParametersOf(string key) =>
        _methods.Values.Where(method => method.Keys.Contains(key)).SelectMany(static method => method.Parameters).ToHashSet();

    private static string? Between(string name) =>
        name.StartsWith('<') && name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? name[1..end] : null;

    private void Collect(string method, ReadOnlySpan<byte> code)
    {
        for (; code.Length > sizeof(int); code = code[1..])
        {
            if (code[0] is not (Call or VirtualCall)
                || !_members.TryGetValue(BinaryPrimitives.ReadInt32LittleEndian(code[1..]), out var member))
            {
                continue;
            }

            if (!_methods.TryGetValue(method, out var uses)) _methods.Add(method, uses = ([], []));
            if (member.StartsWith(Setter, StringComparison.Ordinal)) uses.Parameters.UnionWith(Expand(member[Setter.Length..]));
            else if (member.StartsWith(Getter, StringComparison.Ordinal)) uses.Keys.Add(member[Getter.Length..]);
        }
    }

    /// <summary>The address of a silo becomes three parameters.</summary>
    private static string[] Expand(string parameter) =>
        parameter == "SiloAddress" ? ["Address", "Port", "Generation"] : [parameter];
}
