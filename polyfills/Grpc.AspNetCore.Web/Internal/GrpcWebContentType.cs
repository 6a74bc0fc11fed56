using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>A gRPC-Web content type: binary or text, and the encoding of the messages (<c>+proto</c>) or nothing.</summary>
internal readonly record struct GrpcWebContentType(bool IsText, string Suffix)
{
    private const string Binary = "application/grpc-web";
    private const string Text = "application/grpc-web-text";

    public string ForResponse => (IsText ? Text : Binary) + Suffix;

    public static bool TryParse(HttpRequest request, out GrpcWebContentType contentType)
    {
        contentType = default;
        return HttpMethods.IsPost(request.Method)
            && request.ContentType is { } value
            && (TryParse(value, Text, isText: true, out contentType) || TryParse(value, Binary, isText: false, out contentType));
    }

    private static bool TryParse(string value, string type, bool isText, out GrpcWebContentType contentType)
    {
        contentType = default;
        if (!value.StartsWith(type, StringComparison.OrdinalIgnoreCase))
            return false;

        var rest = value.AsSpan(type.Length);
        if (rest.Length > 0 && rest[0] is not ('+' or ';' or ' '))
            return false;

        var end = rest.IndexOf(';');
        contentType = new GrpcWebContentType(isText, (end < 0 ? rest : rest[..end]).Trim().ToString());
        return true;
    }
}
