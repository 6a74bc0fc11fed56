using Aggregation.ServiceDefaults;
using Grpc.Core;

namespace Aggregation.Gateway.Authentication;

/// <summary>Knows a platform operator by the key in the request's <c>authorization</c> header.</summary>
internal sealed class OperatorCredential(Authenticator authenticator) : IOperatorCredential
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
}
