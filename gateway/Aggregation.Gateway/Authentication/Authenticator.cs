using Aggregation.Contracts;
using Aggregation.Contracts.Persons;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication.Tokens;
using Aggregation.Gateway.Telemetry;
using Grpc.Core;

namespace Aggregation.Gateway.Authentication;

/// <summary>Finds out whom a credential stands for. Refuses with one message whatever is wrong, so that nobody learns what.</summary>
internal sealed class Authenticator(
    IGrainFactory grains, CredentialCache cache, TokenReader tokens, TimeProvider time, GatewayTelemetry telemetry)
{
    /// <param name="authorization">The whole header; null when there was none.</param>
    /// <param name="address">Where it comes from; empty where that is not known.</param>
    /// <exception cref="RpcException">UNAUTHENTICATED.</exception>
    public ValueTask<Credential> Authenticate(string? authorization, string address)
    {
        if (authorization is null || authorization.Length > TokenReader.MaxLength)
        {
            throw Unauthenticated();
        }

        if (cache.TryGet(authorization, address, out var known))
        {
            telemetry.CredentialLookedUp(hit: true);
            return new ValueTask<Credential>(Accepted(known));
        }

        return new ValueTask<Credential>(Ask(authorization, address));
    }

    /// <summary>Asks again each time the credential's answer gets old. Ends by throwing only: UNAUTHENTICATED once the key is revoked.</summary>
    public async Task Guard(string? authorization, Credential credential, CancellationToken cancellation)
    {
        while (true)
        {
            var left = cache.Left(credential);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, cancellation);
            }

            credential = await Authenticate(authorization, credential.Address);
        }
    }

    private static RpcException Unauthenticated() =>
        new(new Status(StatusCode.Unauthenticated, "A valid key is needed: authorization: Bearer <key>."));

    private static Credential Accepted(Credential credential) =>
        credential.Caller is null ? throw Unauthenticated() : credential;

    private async Task<Credential> Ask(string authorization, string address)
    {
        var isKey = BearerKey.TryParse(authorization, out var key);
        if (!isKey && !tokens.MayBeToken(authorization))
        {
            throw Unauthenticated();
        }

        telemetry.CredentialLookedUp(hit: false);

        // Taken before asking: the answer is as old as the question.
        var askedAt = time.GetTimestamp();
        var caller = key is not null ? await AskAboutKey(key) : await AskAboutToken(authorization);
        if (caller is not null && address.Length > 0)
        {
            var origin = await grains.GetGrain<IPersonGrain>(TenantKeys.PersonsOf(caller.Tenant)).OriginOf(caller, address);
            caller = caller with { Origin = origin };
        }

        var credential = new Credential(caller, askedAt, address);
        cache.Add(authorization, credential);
        return Accepted(credential);
    }

    private async Task<Caller?> AskAboutKey(BearerKey key)
    {
        var caller = key.Tenant == Names.PlatformTenant
            ? await grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).Authenticate(key.KeyId, key.SecretHash)
            : await grains.GetGrain<ITenantGrain>(TenantKeys.Of(key.Tenant)).Authenticate(key.KeyId, key.SecretHash);

        // The tenant is part of every grain key from here on, so an answer about another one is no answer.
        return caller?.Tenant == key.Tenant ? caller : null;
    }

    private async Task<Caller?> AskAboutToken(string authorization)
    {
        if (await tokens.ReadAsync(authorization) is not var (tenant, user))
        {
            return null;
        }

        var caller = await grains.GetGrain<ITenantGrain>(TenantKeys.Of(tenant)).Admit(user);
        return caller?.Tenant == tenant ? caller : null;
    }
}
