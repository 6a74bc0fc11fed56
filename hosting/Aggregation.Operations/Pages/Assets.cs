using Microsoft.AspNetCore.Http;

namespace Aggregation.Operations.Pages;

/// <summary>The files that pages refer to; they are in the assembly.</summary>
internal static class Assets
{
    public static IResult Style { get; } = Results.Bytes(Read("ops.css"), "text/css; charset=utf-8");

    public static IResult Script { get; } = Results.Bytes(Read("ops.js"), "text/javascript; charset=utf-8");

    private static byte[] Read(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
