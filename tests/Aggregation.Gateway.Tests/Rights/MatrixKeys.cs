using Aggregation.Gateway.Authorization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Rights;

/// <summary>One credential of each kind.</summary>
internal sealed class MatrixKeys
{
    private readonly Dictionary<Roles, string> roles;

    private MatrixKeys(Dictionary<Roles, string> roles, string otherTenant, IReadOnlyList<(string Name, Metadata Credential)> invalid)
    {
        this.roles = roles;
        OtherTenant = otherTenant;
        Invalid = invalid;
    }

    /// <summary>A key of another tenant with every role in the whole of it.</summary>
    public string OtherTenant { get; }

    /// <summary>Credentials that are nobody's.</summary>
    public IReadOnlyList<(string Name, Metadata Credential)> Invalid { get; }

    /// <summary>A key with this role only, for the city 411300.</summary>
    public string Of(Roles role) => roles[role];

    public static async Task<MatrixKeys> CreateAsync(Server server)
    {
        var (north, south) = (server.NorthAdministrator, server.SouthAdministrator);
        var city = new V1.Subtree { Unit = "411300" };
        var all = new V1.Subtree { Unit = "*" };
        Task<string> North(V1.CreateKeyRequest request) => CreateAsync(server, north, request);

        var expired = await North(new() { Submit = all, Read = all, Review = all, Administrator = true });
        await server.Admin.RotateKeyAsync(
            new V1.RotateKeyRequest { KeyId = Server.KeyIdOf(expired), Overlap = new Duration() }, Server.As(north));
        var disabled = await North(new() { Submit = all, Read = all, Review = all, Administrator = true, User = "left" });
        await server.Admin.DisableUserAsync(new V1.DisableUserRequest { User = "left" }, Server.As(north));
        var valid = server.NorthAdministrator;
        return new MatrixKeys(
            new Dictionary<Roles, string>
            {
                [Roles.Submitter] = await North(new() { Submit = city }),
                [Roles.Viewer] = await North(new() { Read = city }),
                [Roles.Reviewer] = await North(new() { Review = city }),
                [Roles.Administrator] = await North(new() { Administrator = true }),
                [Roles.Platform] = server.Platform,
            },
            await CreateAsync(server, south, new() { Submit = all, Read = all, Review = all, Administrator = true }),
            [
                ("no credential", []),
                ("an empty credential", new() { { "authorization", "" } }),
                ("another scheme", new() { { "authorization", $"Basic {valid}" } }),
                ("two credentials", new() { { "authorization", $"Bearer {valid}" }, { "authorization", $"Bearer {valid}" } }),
                ("a malformed key", GatewayHost.Bearer("agk_north")),
                ("a key in capitals", GatewayHost.Bearer(valid.ToUpperInvariant())),
                ("a key that is too long", GatewayHost.Bearer(valid + new string('0', 5000))),
                ("an unknown key", GatewayHost.Bearer($"agk_north_000000000000_{new string('0', 64)}")),
                ("an unknown tenant", GatewayHost.Bearer($"agk_nowhere_000000000000_{new string('0', 64)}")),
                ("another secret", GatewayHost.Bearer(valid[..^1] + (valid[^1] == '0' ? '1' : '0'))),
                ("a key under another tenant's name", GatewayHost.Bearer(valid.Replace("north", "south", StringComparison.Ordinal))),
                ("an expired key", GatewayHost.Bearer(expired)),
                ("a revoked key", GatewayHost.Bearer(server.Revoked)),
                ("a disabled user's key", GatewayHost.Bearer(disabled)),
            ]);
    }

    private static async Task<string> CreateAsync(Server server, string administrator, V1.CreateKeyRequest request)
    {
        request.Label = "matrix";
        return (await server.Admin.CreateKeyAsync(request, Server.As(administrator))).Text;
    }
}
