using Aggregation.Contracts;
using Grpc.Core;

namespace Aggregation.Gateway.Authentication;

/// <summary>The credential of a call, put there by <see cref="AuthenticationInterceptor"/>.</summary>
internal static class CallContextExtensions
{
    private static readonly object CredentialKey = new();

    public static void Keep(this ServerCallContext context, Credential credential) => context.UserState[CredentialKey] = credential;

    /// <exception cref="InvalidOperationException">The call was let through without a credential.</exception>
    public static Credential Credential(this ServerCallContext context) =>
        context.UserState.TryGetValue(CredentialKey, out var credential)
            ? (Credential)credential
            : throw new InvalidOperationException($"{context.Method} was not authenticated.");

    public static Caller Caller(this ServerCallContext context) =>
        context.Credential().Caller ?? throw new InvalidOperationException($"{context.Method} was not authenticated.");

    /// <summary>The caller's tenant; null where the call was not authenticated.</summary>
    public static string? TenantIfKnown(this ServerCallContext context) =>
        context.UserState.TryGetValue(CredentialKey, out var credential) ? ((Credential)credential).Caller?.Tenant : null;

    /// <summary>
    /// The caller's IP address, written one way: the connection's, or, behind a trusted proxy, the one that the proxy forwards. Empty
    /// where the connection has none.
    /// </summary>
    public static string Address(this ServerCallContext context) => context.GetHttpContext().Connection.Address();

    /// <inheritdoc cref="Address(ServerCallContext)"/>
    public static string Address(this ConnectionInfo connection) => connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    /// <summary>The authorization header; null when there is none or more than one.</summary>
    public static string? Authorization(this ServerCallContext context)
    {
        var header = context.GetHttpContext().Request.Headers.Authorization;
        return header.Count == 1 ? header[0] : null;
    }
}
