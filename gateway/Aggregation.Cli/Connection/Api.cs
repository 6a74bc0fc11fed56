using Aggregation.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace Aggregation.Cli.Connection;

/// <summary>The server's services, called with one key. Calls share one connection.</summary>
internal sealed class Api : IDisposable
{
    private const int LargestAnswer = 64 * 1024 * 1024;

    /// <summary>Before many submissions as many questions are asked, and a tenant's limits may be lower than the command line is fast.</summary>
    private static readonly MethodConfig WaitForRoom = new()
    {
        Names = { new MethodName { Service = ReviewService.Descriptor.FullName, Method = nameof(ReviewService.ReviewServiceClient.GetStanding) } },
        RetryPolicy = new RetryPolicy
        {
            MaxAttempts = 5,
            InitialBackoff = TimeSpan.FromMilliseconds(200),
            MaxBackoff = TimeSpan.FromSeconds(5),
            BackoffMultiplier = 3,
            RetryableStatusCodes = { StatusCode.ResourceExhausted },
        },
    };

    private readonly GrpcChannel _channel;
    private readonly bool _owns;
    private readonly string? _key;
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _cancellation;

    /// <param name="tls">Whom the connection trusts, and what it shows of itself; null: what the system says.</param>
    public Api(Uri server, SocketsHttpHandler? tls, string? key, TimeSpan timeout, CancellationToken cancellation)
        : this(Open(server, tls), true, key, timeout, cancellation)
    {
    }

    private Api(GrpcChannel channel, bool owns, string? key, TimeSpan timeout, CancellationToken cancellation)
    {
        _channel = channel;
        _owns = owns;
        _key = key;
        _timeout = timeout;
        _cancellation = cancellation;
        Submissions = new SubmissionService.SubmissionServiceClient(channel);
        Rollups = new RollupService.RollupServiceClient(channel);
        Reviews = new ReviewService.ReviewServiceClient(channel);
        Trails = new TrailService.TrailServiceClient(channel);
        Persons = new PersonService.PersonServiceClient(channel);
        Publications = new PublicationService.PublicationServiceClient(channel);
        Tasks = new TaskService.TaskServiceClient(channel);
        Checks = new CheckService.CheckServiceClient(channel);
        Catalog = new CatalogService.CatalogServiceClient(channel);
        Admin = new AdminService.AdminServiceClient(channel);
    }

    public SubmissionService.SubmissionServiceClient Submissions { get; }

    public RollupService.RollupServiceClient Rollups { get; }

    public ReviewService.ReviewServiceClient Reviews { get; }

    public TrailService.TrailServiceClient Trails { get; }

    public PersonService.PersonServiceClient Persons { get; }

    public PublicationService.PublicationServiceClient Publications { get; }

    public TaskService.TaskServiceClient Tasks { get; }

    public CheckService.CheckServiceClient Checks { get; }

    public CatalogService.CatalogServiceClient Catalog { get; }

    public AdminService.AdminServiceClient Admin { get; }

    /// <summary>The same connection with another key. Dispose of the first one only.</summary>
    public Api WithKey(string key) => new(_channel, false, key, _timeout, _cancellation);

    /// <summary>For one call that has to answer within the timeout.</summary>
    public CallOptions Call() => new(Headers(), TimeProvider.System.GetUtcNow().Add(_timeout).UtcDateTime, _cancellation);

    /// <summary>For a call that lasts until it is cancelled.</summary>
    public CallOptions LongCall(CancellationToken cancellation) => new(Headers(), cancellationToken: cancellation);

    public void Dispose()
    {
        if (_owns)
        {
            _channel.Dispose();
        }
    }

    private static GrpcChannel Open(Uri server, SocketsHttpHandler? tls) => GrpcChannel.ForAddress(server, new GrpcChannelOptions
    {
        MaxReceiveMessageSize = LargestAnswer,
        ServiceConfig = new ServiceConfig { MethodConfigs = { WaitForRoom } },
        HttpHandler = tls,
        DisposeHttpClient = tls is not null,
    });

    private Metadata Headers() => _key is null ? [] : new Metadata { { "authorization", $"Bearer {_key}" } };
}
