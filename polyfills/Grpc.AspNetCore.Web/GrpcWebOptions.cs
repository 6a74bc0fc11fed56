namespace Microsoft.AspNetCore.Builder;

/// <summary>Options of the gRPC-Web middleware.</summary>
public class GrpcWebOptions
{
    /// <summary>Whether endpoints that do not say so answer gRPC-Web. False by default.</summary>
    public bool DefaultEnabled { get; set; }
}
