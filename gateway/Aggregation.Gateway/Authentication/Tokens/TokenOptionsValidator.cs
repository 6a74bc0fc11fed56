using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Authentication.Tokens;

/// <summary>Names each setting that is wrong, its value and the rule.</summary>
internal sealed class TokenOptionsValidator : IValidateOptions<TokenOptions>
{
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, TokenOptions options)
    {
        if (!options.IsOn)
        {
            return ValidateOptionsResult.Success;
        }

        var faults = new List<string>();
        if (!Uri.TryCreate(options.MetadataAddress, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            var option = options.Metadata.Length > 0 ? nameof(options.Metadata) : nameof(options.Issuer);
            var value = options.Metadata.Length > 0 ? options.Metadata : options.Issuer;
            faults.Add(Fault(option, value, "an https address, or an http address of the loopback"));
        }

        if (options.Audience.Length == 0)
        {
            faults.Add(Fault(nameof(options.Audience), "", "named where an issuer is"));
        }

        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > LargestSkew)
        {
            faults.Add(Fault(nameof(options.ClockSkew), options.ClockSkew.ToString(), $"from {TimeSpan.Zero} to {LargestSkew}"));
        }

        Named(faults, nameof(options.UserClaim), options.UserClaim);
        Named(faults, nameof(options.TenantClaim), options.TenantClaim);
        Named(faults, nameof(options.RolesClaim), options.RolesClaim);
        Named(faults, nameof(options.UnitClaim), options.UnitClaim);
        Named(faults, nameof(options.TreeClaim), options.TreeClaim);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Named(List<string> faults, string option, string value)
    {
        if (value.Length == 0)
        {
            faults.Add(Fault(option, value, "the name of a claim"));
        }
    }

    private static string Fault(string option, string value, string rule) =>
        $"{TokenOptions.SectionName}:{option} is '{value}'; it must be {rule}.";
}
