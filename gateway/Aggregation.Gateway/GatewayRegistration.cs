using Aggregation.Gateway.Admin;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authentication.Tokens;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Catalog;
using Aggregation.Gateway.Checks;
using Aggregation.Gateway.Endpoints;
using Aggregation.Gateway.Errors;
using Aggregation.Gateway.Health;
using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Persons;
using Aggregation.Gateway.Publications;
using Aggregation.Gateway.Reviews;
using Aggregation.Gateway.Rollups;
using Aggregation.Gateway.Rollups.Explaining;
using Aggregation.Gateway.Rollups.Watching;
using Aggregation.Gateway.Submissions;
using Aggregation.Gateway.Tasks;
using Aggregation.Gateway.Telemetry;
using Aggregation.Gateway.Trails;
using Aggregation.Gateway.Transfer;
using Aggregation.ServiceDefaults;
using Aggregation.ServiceDefaults.Tracing;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway;

/// <summary>The gateway as a library: it needs an <see cref="IGrainFactory"/>, of a client or of a silo in the same process.</summary>
public static class GatewayRegistration
{
    /// <summary>Room for the fields beside the CSV of an import.</summary>
    private const int CsvEnvelope = 64 << 10;

    /// <summary>Registers the gRPC services. Options come from section <see cref="GatewayOptions.SectionName"/> and are checked at start.</summary>
    public static IServiceCollection AddAggregationGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.SectionName)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>());
        services.AddOptions<LimitOptions>().Bind(configuration.GetSection(LimitOptions.SectionName)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>());
        services.AddOptions<TokenOptions>().Bind(configuration.GetSection(TokenOptions.SectionName)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TokenOptions>, TokenOptionsValidator>());
        services.TryAddSingleton<TokenReader>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CallQuotas>();
        services.TryAddSingleton<TenantLabels>();
        services.TryAddSingleton<FailureSpans>();
        services.TryAddSingleton<GatewayTelemetry>();
        services.TryAddSingleton<IOperatorCredential, OperatorCredential>();
        services.Configure<TracingOptions>(static traces => traces.AddAnswer(Failure.AnswerOf));
        services.TryAddSingleton<CredentialCache>();
        services.TryAddSingleton<Authenticator>();
        services.TryAddSingleton<LedgerFeeds>();
        services.TryAddSingleton<Watcher>();
        services.TryAddSingleton<ObligationWatcher>();
        services.TryAddSingleton<TotalReader>();
        services.TryAddSingleton<Explainer>();
        services.TryAddSingleton<BatchItems>();
        services.TryAddSingleton<ManyReviews>();
        services.TryAddSingleton<ActorNames>();
        services.TryAddSingleton<TenantExport>();
        services.TryAddSingleton<TenantImport>();
        return services.AddCalls().AddReadiness();
    }

    /// <summary>Maps the services, gRPC health and reflection, each also over gRPC-Web.</summary>
    /// <exception cref="InvalidOperationException">An RPC declares no permission.</exception>
    public static WebApplication MapAggregationGateway(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        app.UseMiddleware<UnreadableRequests>();
        app.MapGrpcService<SubmissionService>();
        app.MapGrpcService<RollupService>();
        app.MapGrpcService<PublicationService>();
        app.MapGrpcService<TaskService>();
        app.MapGrpcService<ReviewService>();
        app.MapGrpcService<CheckService>();
        app.MapGrpcService<TrailService>();
        app.MapGrpcService<PersonService>();
        app.MapGrpcService<CatalogService>();
        app.MapGrpcService<AdminService>();
        app.MapGrpcHealthChecksService().WithMetadata(new RequiresAttribute(Roles.None));
        app.MapGrpcReflectionService().WithMetadata(new RequiresAttribute(Roles.None));
        app.RequirePermissions();

        // Its instruments are there before the first call.
        app.Services.GetRequiredService<GatewayTelemetry>();
        return app;
    }

    private static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.TryAddSingleton<ErrorInterceptor>();
        services.TryAddSingleton<InFlightInterceptor>();
        services.TryAddSingleton<AuthenticationInterceptor>();
        services.TryAddSingleton<QuotaInterceptor>();
        services.TryAddSingleton<SubmissionService>();
        services.TryAddSingleton<RollupService>();
        services.TryAddSingleton<PublicationService>();
        services.TryAddSingleton<TaskService>();
        services.TryAddSingleton<ReviewService>();
        services.TryAddSingleton<CheckService>();
        services.TryAddSingleton<TrailService>();
        services.TryAddSingleton<PersonService>();
        services.TryAddSingleton<CatalogService>();
        services.TryAddSingleton<AdminService>();

        // In this order: a refusal of a later one leaves through the first.
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.Interceptors.Add<InFlightInterceptor>();
            grpc.Interceptors.Add<AuthenticationInterceptor>();
            grpc.Interceptors.Add<QuotaInterceptor>();
        }).AddServiceOptions<AdminService>(static _ => { });
        services.AddOptions<GrpcServiceOptions>().PostConfigure<IOptions<GatewayOptions>>(
            static (grpc, gateway) => grpc.MaxReceiveMessageSize = gateway.Value.MaxMessageBytes);
        services.AddOptions<GrpcServiceOptions<AdminService>>().PostConfigure<IOptions<GatewayOptions>>(
            static (grpc, gateway) =>
                grpc.MaxReceiveMessageSize = Math.Max(gateway.Value.MaxMessageBytes, gateway.Value.MaxCsvBytes + CsvEnvelope));
        services.AddGrpcReflection();

        // What a call throws is logged by the outermost interceptor; what it is left with is requests that cannot be read.
        services.Configure<LoggerFilterOptions>(static log => log.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.Critical));
        return services;
    }

    private static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddGrpcHealthChecks();
        services.AddHealthChecks().AddCheck<GrainsHealthCheck>("grains", tags: [HealthTags.Ready]);
        return services;
    }
}
