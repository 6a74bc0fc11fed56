using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Aggregation.Gateway.Authentication.Tokens;

/// <summary>Whom a token names, once its signature, issuer, audience and time are right.</summary>
internal sealed class TokenReader(IOptions<TokenOptions> options, TimeProvider time, ILogger<TokenReader> logger) : IDisposable
{
    /// <summary>Longest header that can hold a token; a longer one is not looked at.</summary>
    public const int MaxLength = 16 << 10;

    private const string Scheme = "Bearer ";

    /// <summary>Signatures with an issuer's private key only: what anybody could sign who can read the public one is no proof.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly TimeSpan KeyRefresh = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };
    private ConfigurationManager<OpenIdConnectConfiguration>? issuer;

    /// <summary>Whether a header may hold a token of the issuer's.</summary>
    public bool MayBeToken(string authorization) =>
        options.Value.IsOn && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && authorization.AsSpan().Count('.') == 2;

    /// <summary>The tenant and the user that the token names; null where the token is not good.</summary>
    /// <exception cref="RefusedException">The issuer's keys cannot be had now.</exception>
    public async Task<(string Tenant, TokenUser User)?> ReadAsync(string authorization)
    {
        var text = authorization[Scheme.Length..];
        var result = await ValidateAsync(text);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The issuer may have a new key. It is asked for it, but not more often than KeyRefresh.
            Issuer().RequestRefresh();
            result = await ValidateAsync(text);
        }

        if (!result.IsValid)
        {
            TokenLog.Refused(logger, result.Exception?.GetType().Name ?? "not valid");
            return null;
        }

        return Name((JsonWebToken)result.SecurityToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<TokenValidationResult> ValidateAsync(string text)
    {
        OpenIdConnectConfiguration configuration;
        try
        {
            configuration = await Issuer().GetConfigurationAsync(CancellationToken.None);
        }
        catch (InvalidOperationException exception)
        {
            TokenLog.NoKeys(logger, exception, options.Value.MetadataAddress);
            throw new RefusedException(RefusalKind.Unavailable, "The issuer of tokens cannot be asked for its keys now.");
        }

        return await handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = options.Value.Issuer,
            ValidAudience = options.Value.Audience,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = configuration.SigningKeys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => IsInTime(from, until),
        });
    }

    private bool IsInTime(DateTime? from, DateTime? until)
    {
        var (now, skew) = (time.GetUtcNow().UtcDateTime, options.Value.ClockSkew);
        return until is { } end && now < end + skew && !(from is { } start && now < start - skew);
    }

    private (string Tenant, TokenUser User)? Name(JsonWebToken token)
    {
        var names = options.Value;
        var tenant = One(token, names.TenantClaim);
        var user = One(token, names.UserClaim);
        var unit = One(token, names.UnitClaim) ?? "";
        var tree = One(token, names.TreeClaim) ?? Names.Territory;
        if (!Names.IsTenant(tenant) || tenant == Names.PlatformTenant || !Names.IsCode(user) || !Names.IsCode(tree)
            || !(unit is "" or Subtree.Everything || Names.IsCode(unit)))
        {
            TokenLog.Refused(logger, "claims");
            return null;
        }

        var roles = token.Claims.Where(claim => claim.Type == names.RolesClaim)
            .SelectMany(static claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
        var subtree = unit.Length > 0 ? new Subtree(tree, unit) : null;
        return (tenant!, new TokenUser
        {
            User = user!,
            Submit = roles.Contains(names.SubmitterRole) && subtree is not null ? subtree with { UnitOnly = true } : null,
            Review = roles.Contains(names.ReviewerRole) ? subtree : null,
            Read = roles.Contains(names.ViewerRole) ? subtree : null,
            IsAdministrator = roles.Contains(names.AdministratorRole),
        });
    }

    /// <summary>Null where there is no such claim, or more than one.</summary>
    private static string? One(JsonWebToken token, string claim)
    {
        var values = token.Claims.Where(each => each.Type == claim).Take(2).ToList();
        return values.Count == 1 ? values[0].Value : null;
    }

    private ConfigurationManager<OpenIdConnectConfiguration> Issuer() => LazyInitializer.EnsureInitialized(
        ref issuer,
        () => new ConfigurationManager<OpenIdConnectConfiguration>(
            options.Value.MetadataAddress,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http)
            {
                RequireHttps = options.Value.MetadataAddress.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase),
            })
        {
            RefreshInterval = KeyRefresh,
        });
}
