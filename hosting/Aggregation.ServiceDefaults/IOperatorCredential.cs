using Microsoft.AspNetCore.Http;

namespace Aggregation.ServiceDefaults;

/// <summary>Tells whether a request shows a platform operator's credential. A host without a gateway has none, and knows no operator.</summary>
public interface IOperatorCredential
{
    /// <returns>Null where the request shows no valid credential at all.</returns>
    ValueTask<bool?> IsShownAsync(HttpContext context);

    /// <summary>Takes an operator's key for a session.</summary>
    /// <param name="key">The key's text.</param>
    /// <returns>Null where it is no operator's, whatever else it is.</returns>
    ValueTask<IOperatorGrant?> GrantAsync(string key);
}

/// <summary>What a session keeps of an operator's key: enough to ask whether it is still in force, and not its secret.</summary>
public interface IOperatorGrant
{
    /// <summary>A revoked key is found out as soon as it is for calls.</summary>
    ValueTask<bool> IsInForceAsync();
}
