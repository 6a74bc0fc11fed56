using Aggregation.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Aggregation.EndToEnd.Clients;

/// <summary>The server's services over one connection, as any client has them.</summary>
internal sealed class Api : IDisposable
{
    private readonly GrpcChannel _channel;

    public Api(Uri address)
    {
        _channel = GrpcChannel.ForAddress(address);
        Submissions = new SubmissionService.SubmissionServiceClient(_channel);
        Rollups = new RollupService.RollupServiceClient(_channel);
        Admin = new AdminService.AdminServiceClient(_channel);
    }

    public SubmissionService.SubmissionServiceClient Submissions { get; }

    public RollupService.RollupServiceClient Rollups { get; }

    public AdminService.AdminServiceClient Admin { get; }

    public static CallOptions With(string key, CancellationToken cancellation = default) => new(
        new Metadata { { "authorization", $"Bearer {key}" } },
        TimeProvider.System.GetUtcNow().Add(Patience.Step).UtcDateTime,
        cancellation);

    public void Dispose() => _channel.Dispose();
}
