using System.Security.Cryptography.X509Certificates;
using Aggregation.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>A gRPC server on a free port whose answers a test decides.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FakeServer(WebApplication application, FakeAnswers answers)
    {
        _application = application;
        Answers = answers;
    }

    public FakeAnswers Answers { get; }

    public string Address => _application.Urls.Single();

    /// <param name="certificate">Shown over TLS; null: without TLS.</param>
    public static async Task<FakeServer> StartAsync(X509Certificate2? certificate = null)
    {
        var answers = new FakeAnswers();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhostOnFreePort(certificate));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(answers);
        var application = builder.Build();
        application.MapGrpcService<FakeSubmissions>();
        application.MapGrpcService<FakeRollups>();
        application.MapGrpcService<FakePublications>();
        application.MapGrpcService<FakeTaskService>();
        application.MapGrpcService<FakeReviews>();
        application.MapGrpcService<FakeChecks>();
        application.MapGrpcService<FakeCatalog>();
        application.MapGrpcService<FakePersons>();
        application.MapGrpcService<FakeAdmin>();
        await application.StartAsync();
        return new FakeServer(application, answers);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    /// <summary>A refusal as the gateway sends it.</summary>
    public static RpcException Refuse(StatusCode code, string message, params Violation[] violations)
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)code,
            Message = message,
            Details = { Any.Pack(new Google.Rpc.BadRequest()), Any.Pack(new Refusal { Violations = { violations } }) },
        };
        return new RpcException(new Status(code, message), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } });
    }
}
