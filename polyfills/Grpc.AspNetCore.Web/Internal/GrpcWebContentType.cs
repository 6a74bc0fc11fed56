using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>
/// How a gRPC-Web call is sent and answered: binary or text. A request may name the encoding of its messages (<c>+proto</c>);
/// it is answered as it accepts, and in binary where it accepts no gRPC-Web type.
/// </summary>
internal readonly record struct GrpcWebContentType(bool IsText, string Suffix, bool IsAnsweredInText)
{
    private const string Binary = "application/grpc-web";
    private const string Text = "application/grpc-web-text";

    public string ForResponse => IsAnsweredInText ? Text : Binary;

    public static bool TryParse(HttpRequest request, out GrpcWebContentType contentType)
    {
        contentType = default;
        if (!HttpMethods.IsPost(request.Method) || !TryParse(request.ContentType, out var isText, out var suffix))
            return false;

        contentType = new GrpcWebContentType(isText, suffix, Is(request.Headers.Accept.ToString(), Text, out _));
        return true;
    }

    private static bool TryParse(string? value, out bool isText, out string suffix)
    {
        isText = Is(value, Text, out suffix);
        return isText || Is(value, Binary, out suffix);
    }

    private static bool Is(string? value, string type, out string suffix)
    {
        suffix = "";
        if (value is null || !value.StartsWith(type, StringComparison.OrdinalIgnoreCase))
            return false;

        var rest = value.AsSpan(type.Length);
        if (rest.Length > 0 && rest[0] is not ('+' or ';' or ' '))
            return false;

        var end = rest.IndexOf(';');
        suffix = (end < 0 ? rest : rest[..end]).Trim().ToString();
        return true;
    }
}
