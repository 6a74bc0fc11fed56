using Aggregation.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace Aggregation.ServerKit.Clients;

/// <summary>The server's services over one connection, as any client has them.</summary>
public sealed class Api : IDisposable
{
    private readonly GrpcChannel _channel;

    public Api(Uri address)
        : this(address, new GrpcChannelOptions())
    {
    }

    private Api(Uri address, GrpcChannelOptions options)
    {
        _channel = GrpcChannel.ForAddress(address, options);
        Submissions = new SubmissionService.SubmissionServiceClient(_channel);
        Rollups = new RollupService.RollupServiceClient(_channel);
        Admin = new AdminService.AdminServiceClient(_channel);
    }

    public SubmissionService.SubmissionServiceClient Submissions { get; }

    public RollupService.RollupServiceClient Rollups { get; }

    public AdminService.AdminServiceClient Admin { get; }

    /// <summary>As a client is that asks again where the server says that it cannot answer now, except when it files something.</summary>
    public static Api ThatAsksAgain(Uri address)
    {
        var policy = new RetryPolicy
        {
            MaxAttempts = 5,
            InitialBackoff = TimeSpan.FromMilliseconds(50),
            MaxBackoff = TimeSpan.FromSeconds(2),
            BackoffMultiplier = 3,
            RetryableStatusCodes = { StatusCode.Unavailable },
        };
        var methods = new MethodConfig { RetryPolicy = policy };
        methods.Names.Add(new MethodName { Service = RollupService.Descriptor.FullName });
        methods.Names.Add(new MethodName { Service = AdminService.Descriptor.FullName });
        return new Api(address, new GrpcChannelOptions { ServiceConfig = new ServiceConfig { MethodConfigs = { methods } } });
    }

    public static CallOptions With(string key, CancellationToken cancellation = default) => new(
        new Metadata { { "authorization", $"Bearer {key}" } },
        TimeProvider.System.GetUtcNow().Add(Patience.Step).UtcDateTime,
        cancellation);

    public void Dispose() => _channel.Dispose();
}
