using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Limits;
using Aggregation.ServiceDefaults;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Authentication;

/// <summary>Knows a platform operator by the key in the request's <c>authorization</c> header, or by one that was typed in.</summary>
internal sealed class OperatorCredential(
    Authenticator authenticator, IGrainFactory grains, IOptions<GatewayOptions> options, TimeProvider time) : IOperatorCredential
{
    public async ValueTask<bool?> IsShownAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        try
        {
            var credential = await authenticator.Authenticate(header.Count == 1 ? header[0] : null, context.Connection.Address());
            return credential.Caller!.IsPlatform;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.Unauthenticated)
        {
            return null;
        }
    }

    public async ValueTask<IOperatorGrant?> GrantAsync(string key)
    {
        if (!BearerKey.TryParse(BearerKey.Scheme + key, out var parts) || parts.Tenant != Names.PlatformTenant)
        {
            return null;
        }

        var grant = new Grant(parts, grains, options.Value.CredentialCacheTime, time);
        return await grant.IsInForceAsync() ? grant : null;
    }

    private sealed class Grant(BearerKey key, IGrainFactory grains, TimeSpan age, TimeProvider time) : IOperatorGrant
    {
        private readonly Lock gate = new();
        private (long AskedAt, bool InForce)? known;

        public async ValueTask<bool> IsInForceAsync()
        {
            lock (gate)
            {
                if (known is { } answer && time.GetElapsedTime(answer.AskedAt) < age)
                {
                    return answer.InForce;
                }
            }

            // Taken before asking: the answer is as old as the question.
            var askedAt = time.GetTimestamp();
            var caller = await grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).Authenticate(key.KeyId, key.SecretHash);
            lock (gate)
            {
                known = (askedAt, caller is { IsPlatform: true, Tenant: Names.PlatformTenant });
                return known.Value.InForce;
            }
        }
    }
}
