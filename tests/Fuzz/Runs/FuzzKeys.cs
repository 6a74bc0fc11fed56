using Aggregation.ServerKit.Clients;
using Aggregation.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Aggregation.Fuzz.Runs;

/// <summary>Credentials: mostly one that lets the request come as far as it can.</summary>
internal sealed class FuzzKeys(string everything, string platform)
{
    private static readonly HashSet<string> OfPlatform = ["CreateTenant", "ListTenants", "ImportTenant"];

    public static async Task<FuzzKeys> CreateAsync(Api api, string data, TestTenant tenant)
    {
        var all = new Subtree { Unit = "*" };
        var key = await api.Admin.CreateKeyAsync(
            new CreateKeyRequest { Label = "fuzz", Submit = all, Read = all, Review = all, Administrator = true },
            Api.With(tenant.AdministratorKey));
        return new FuzzKeys(key.Text, (await File.ReadAllTextAsync(Path.Combine(data, "platform.key"))).Trim());
    }

    public Metadata For(MethodDescriptor method, Random random) => random.Next(40) switch
    {
        0 => [],
        1 => new Metadata { { "authorization", "Bearer " + new string('a', random.Next(4_000)) } },
        2 => new Metadata { { "authorization", "Bearer a.b.c" } },
        3 => Bearer(platform),
        _ => Bearer(OfPlatform.Contains(method.Name) ? platform : everything),
    };

    private static Metadata Bearer(string key) => new() { { "authorization", $"Bearer {key}" } };
}
