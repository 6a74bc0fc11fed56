using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Endpoints;

internal sealed class EndpointOptionsValidator : IValidateOptions<EndpointOptions>
{
    public ValidateOptionsResult Validate(string? name, EndpointOptions options)
    {
        var faults = new List<string>();
        Check(faults, nameof(options.Grpc), options.Grpc);
        Check(faults, nameof(options.Http), options.Http);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(List<string> faults, string option, string value)
    {
        if (!EndpointAddress.TryParse(value, out _))
        {
            faults.Add($"{EndpointOptions.SectionName}:{option} is '{value}'; it must be {EndpointAddress.Rule}.");
        }
    }
}
