using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Reflection.Internal;

/// <summary>The mapped services with the files that define them, read from the endpoints at the first question.</summary>
internal sealed class SymbolRegistry(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlyList<ServiceDescriptor>> services = new(() => FindServices(endpoints));
    private readonly Lock gate = new();
    private Dictionary<string, FileDescriptor>? files;
    private Dictionary<string, FileDescriptor>? symbols;

    public IEnumerable<string> Services => services.Value.Select(service => service.FullName);

    /// <summary>The file and all that it imports, or null.</summary>
    public IEnumerable<ByteString>? FindFile(string name)
    {
        Index();
        return files!.TryGetValue(name, out var file) ? WithImports(file) : null;
    }

    /// <summary>The file that defines a service, method, message or enum by full name, with all that it imports, or null.</summary>
    public IEnumerable<ByteString>? FindSymbol(string fullName)
    {
        Index();
        return symbols!.TryGetValue(fullName, out var file) ? WithImports(file) : null;
    }

    private static List<ServiceDescriptor> FindServices(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>()
            .Distinct()
            .Select(FindDescriptor)
            .OfType<ServiceDescriptor>()
            .Distinct(),
    ];

    /// <summary>The descriptor beside the generated binding method; none for a service that was not generated from a proto.</summary>
    private static ServiceDescriptor? FindDescriptor(Type service)
    {
        for (var type = service; type is not null; type = type.BaseType)
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } binding)
                return binding.BindType
                    .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;

        return null;
    }

    private static List<ByteString> WithImports(FileDescriptor file)
    {
        var found = new HashSet<FileDescriptor>();
        Collect(file, found);
        return [.. found.Select(each => each.SerializedData)];
    }

    private static void Collect(FileDescriptor file, HashSet<FileDescriptor> found)
    {
        if (!found.Add(file))
            return;

        foreach (var import in file.Dependencies)
            Collect(import, found);
    }

    private void Index()
    {
        lock (gate)
        {
            if (symbols is not null)
                return;

            var all = new HashSet<FileDescriptor>();
            foreach (var service in services.Value)
                Collect(service.File, all);

            files = all.ToDictionary(file => file.Name, StringComparer.Ordinal);
            symbols = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
            foreach (var descriptor in all.SelectMany(Symbols))
                symbols[descriptor.FullName] = descriptor.File;
        }
    }

    private static IEnumerable<IDescriptor> Symbols(FileDescriptor file) => file.Services
        .SelectMany(service => service.Methods.Prepend<IDescriptor>(service))
        .Concat(file.EnumTypes)
        .Concat(file.MessageTypes.SelectMany(Symbols));

    private static IEnumerable<IDescriptor> Symbols(MessageDescriptor message) => message.NestedTypes.SelectMany(Symbols)
        .Concat(message.EnumTypes)
        .Prepend(message);
}
