using Microsoft.AspNetCore.Http;

namespace Aggregation.ServiceDefaults;

/// <summary>Tells whether a request shows a platform operator's credential. A host without a gateway has none, and knows no operator.</summary>
public interface IOperatorCredential
{
    /// <returns>Null where the request shows no valid credential at all.</returns>
    ValueTask<bool?> IsShownAsync(HttpContext context);
}
