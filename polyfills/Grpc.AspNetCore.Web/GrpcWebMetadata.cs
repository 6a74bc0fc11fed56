namespace Grpc.AspNetCore.Web;

/// <summary>Whether an endpoint answers gRPC-Web; the last one of an endpoint counts, and wins over the default.</summary>
public interface IGrpcWebEnabledMetadata
{
    bool GrpcWebEnabled { get; }
}

/// <summary>Lets a service or method answer gRPC-Web.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false, Inherited = true)]
public sealed class EnableGrpcWebAttribute : Attribute, IGrpcWebEnabledMetadata
{
    public bool GrpcWebEnabled => true;
}

/// <summary>Keeps a service or method from answering gRPC-Web.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false, Inherited = true)]
public sealed class DisableGrpcWebAttribute : Attribute, IGrpcWebEnabledMetadata
{
    public bool GrpcWebEnabled => false;
}
