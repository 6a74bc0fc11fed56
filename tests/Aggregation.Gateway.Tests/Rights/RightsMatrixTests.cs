using System.Globalization;
using Aggregation.Gateway.Authorization;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Xunit.Abstractions;

namespace Aggregation.Gateway.Tests.Rights;

/// <summary>
/// Every RPC of every service with every kind of credential, as the RPC declares. What is expected comes from the declared roles
/// alone, so a later RPC is in the matrix as soon as it is served.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class RightsMatrixTests(Server server, ITestOutputHelper output)
{
    private const string Own = "411300-D1";
    private const string Other = "411400-D1";
    private const string NotThere = "411300-D9";
    private const string NoKey = "A valid key is needed: authorization: Bearer <key>.";

    private static readonly Roles[] EveryRole =
        [Roles.Submitter, Roles.Viewer, Roles.Reviewer, Roles.Administrator, Roles.Platform];

    [Fact]
    public async Task Matrix_EveryRpcAndCredential_IsAsDeclared()
    {
        var keys = await MatrixKeys.CreateAsync(server);
        var declared = server.Declared;
        var wrong = new List<string>();
        var cases = 0;
        foreach (var method in Methods.All)
        {
            var roles = declared[method.FullName];
            var count = 0;
            foreach (var (credential, expected, answer) in Cases(method, roles, keys))
            {
                count++;
                if (await answer() is { } found)
                {
                    wrong.Add($"{method.FullName} with {credential}: {found}, not {expected}");
                }
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{method.FullName}: {roles}: {count} cases"));
            cases += count;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"rights matrix: {Methods.All.Count} RPCs, {cases} cases of RPC × credential, {cases - wrong.Count} as declared"));
        wrong.ForEach(output.WriteLine);
        Assert.Empty(wrong);
    }

    /// <summary>Each case answers null when it is as expected, else what came instead.</summary>
    private IEnumerable<(string Credential, string Expected, Func<Task<string?>> Answer)> Cases(
        MethodDescriptor method, Roles roles, MatrixKeys keys)
    {
        foreach (var (name, credential) in keys.Invalid)
        {
            yield return (name, "UNAUTHENTICATED", async () =>
            {
                var answer = await CallAsync(method, Own, credential);
                return answer is (StatusCode.Unauthenticated, NoKey) ? null : Shown(answer);
            });
        }

        var namesUnit = SampleRequest.Of(method, Own).NamesUnit;
        foreach (var role in EveryRole)
        {
            var key = GatewayHost.Bearer(keys.Of(role));
            if ((roles & role) == 0)
            {
                yield return ($"wrong role {role}", "PERMISSION_DENIED", async () =>
                {
                    var answer = await CallAsync(method, Own, key);
                    return answer.Status == StatusCode.PermissionDenied && answer.Message.EndsWith($"it takes one of: {roles}.", StringComparison.Ordinal)
                        ? null
                        : Shown(answer);
                });
                continue;
            }

            yield return ($"right role {role}", "let through", async () =>
            {
                var answer = await CallAsync(method, Own, key);
                return IsLetThrough(answer.Status) ? null : Shown(answer);
            });
            if (namesUnit && role is Roles.Submitter or Roles.Viewer or Roles.Reviewer)
            {
                yield return ($"wrong subtree as {role}", "PERMISSION_DENIED as for a unit that is not there", async () =>
                {
                    var notYours = await CallAsync(method, Other, key);
                    var notThere = await CallAsync(method, NotThere, key);
                    var same = notYours.Message.Replace(Other, NotThere, StringComparison.Ordinal) == notThere.Message;
                    return notYours.Status == StatusCode.PermissionDenied && notThere.Status == StatusCode.PermissionDenied && same
                        ? null
                        : $"{Shown(notYours)} and {Shown(notThere)}";
                });
            }
        }

        if (namesUnit && (roles & Roles.Member) != 0)
        {
            yield return ("wrong tenant, every role, everywhere", "as for a unit that is not there", async () =>
            {
                var key = GatewayHost.Bearer(keys.OtherTenant);
                var notYours = await CallAsync(method, Own, key);
                var notThere = await CallAsync(method, NotThere, key);
                var same = notYours.Message.Replace(Own, NotThere, StringComparison.Ordinal) == notThere.Message;
                return notYours.Status == StatusCode.NotFound && notThere.Status == StatusCode.NotFound && same
                    ? null
                    : $"{Shown(notYours)} and {Shown(notThere)}";
            });
        }
    }

    private static bool IsLetThrough(StatusCode status) =>
        status is not (StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.Unknown or StatusCode.Internal or StatusCode.Unimplemented);

    private static string Shown((StatusCode Status, string Message) answer) => $"{answer.Status} '{answer.Message}'";

    private async Task<(StatusCode Status, string Message)> CallAsync(MethodDescriptor method, string unit, Metadata credential)
    {
        using var stop = new CancellationTokenSource(Requests.Patience);
        try
        {
            var request = SampleRequest.Of(method, unit).Bytes;
            var first = await Methods.FirstAsync(server.Channel, method, request, new CallOptions(credential, cancellationToken: stop.Token));

            // A batch answers each item on its own, with the status that the single call has.
            var item = (method.Name, first) switch
            {
                ("SubmitMany", not null) => V1.SubmitManyResponse.Parser.ParseFrom(first).Error,
                ("AcceptMany", not null) => V1.AcceptManyResponse.Parser.ParseFrom(first).Outcomes[0].Error,
                _ => null,
            };
            return item is null ? (StatusCode.OK, "") : ((StatusCode)item.Code, item.Message);
        }
        catch (RpcException exception)
        {
            return (exception.StatusCode, exception.Status.Detail);
        }
    }
}
