namespace Aggregation.Gateway.Authentication.Tokens;

/// <summary>
/// Bearer tokens (JWT) of one OpenID Connect issuer, taken beside keys. A token says who it is, in which tenant, with which roles and for
/// which unit; it never makes anybody a platform operator. Off unless an issuer is named.
/// </summary>
public sealed class TokenOptions
{
    public const string SectionName = "Tokens";

    /// <summary>The issuer, exactly as tokens name it in <c>iss</c>; empty: no tokens are taken.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Where the issuer's metadata are; empty: below the issuer, at <c>/.well-known/openid-configuration</c>. https, or http on the loopback.</summary>
    public string Metadata { get; set; } = "";

    /// <summary>Which of a token's audiences (<c>aud</c>) must be this server. Needed with an issuer.</summary>
    public string Audience { get; set; } = "";

    /// <summary>How far the issuer's clock may be off, 0 to 5 minutes. Default 30 s.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The claim with the user's identifier: letters, digits, hyphens, dots, up to 64. It goes into the journal, so it is no name of a person.</summary>
    public string UserClaim { get; set; } = "sub";

    public string TenantClaim { get; set; } = "tenant";

    /// <summary>The claim with the roles: a list, or one text with blanks.</summary>
    public string RolesClaim { get; set; } = "roles";

    /// <summary>The claim with the user's unit, or <c>*</c> for the whole tree; needed by every role but the administrator's.</summary>
    public string UnitClaim { get; set; } = "unit";

    /// <summary>The claim with the tree that the unit is meant in; absent in a token: the territory.</summary>
    public string TreeClaim { get; set; } = "tree";

    /// <summary>May submit for the unit itself.</summary>
    public string SubmitterRole { get; set; } = "submitter";

    /// <summary>May review the units below the unit.</summary>
    public string ReviewerRole { get; set; } = "reviewer";

    /// <summary>May read the unit and everything under it.</summary>
    public string ViewerRole { get; set; } = "viewer";

    /// <summary>May administer the tenant.</summary>
    public string AdministratorRole { get; set; } = "administrator";

    internal bool IsOn => Issuer.Length > 0;

    internal string MetadataAddress => Metadata.Length > 0 ? Metadata : Issuer.TrimEnd('/') + "/.well-known/openid-configuration";
}
