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
using Aggregation.Gateway.Texts;
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
        services.TryAddSingleton<MessageLimits>();
        services.TryAddSingleton<RefusalRoom>();
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
        app.UseMiddleware<GrpcWebCalls>();
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        app.UseMiddleware<UnreadableRequests>();
        var calls = app.MapGroup("").WithMetadata(MessageLimits.Counted);
        calls.MapGrpcService<SubmissionService>();
        calls.MapGrpcService<RollupService>();
        calls.MapGrpcService<PublicationService>();
        calls.MapGrpcService<TaskService>();
        calls.MapGrpcService<ReviewService>();
        calls.MapGrpcService<CheckService>();
        calls.MapGrpcService<TrailService>();
        calls.MapGrpcService<PersonService>();
        calls.MapGrpcService<CatalogService>();
        calls.MapGrpcService<AdminService>();
        calls.MapGrpcHealthChecksService().WithMetadata(new RequiresAttribute(Roles.None));
        calls.MapGrpcReflectionService().WithMetadata(new RequiresAttribute(Roles.None));
        app.RequirePermissions();

        // Its instruments are there before the first call.
        app.Services.GetRequiredService<GatewayTelemetry>();
        return app;
    }

    private static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.TryAddSingleton<ErrorInterceptor>();
        services.TryAddSingleton<MessageSizeInterceptor>();
        services.TryAddSingleton<InFlightInterceptor>();
        services.TryAddSingleton<AuthenticationInterceptor>();
        services.TryAddSingleton<QuotaInterceptor>();
        services.TryAddSingleton<TextInterceptor>();
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
            grpc.Interceptors.Add<MessageSizeInterceptor>();
            grpc.Interceptors.Add<InFlightInterceptor>();
            grpc.Interceptors.Add<AuthenticationInterceptor>();
            grpc.Interceptors.Add<QuotaInterceptor>();
            grpc.Interceptors.Add<TextInterceptor>();
        }).AddServiceOptions<AdminService>(static _ => { });
        services.AddOptions<GrpcServiceOptions>().PostConfigure<MessageLimits>(
            static (grpc, limits) => grpc.MaxReceiveMessageSize = limits.Most);
        services.AddOptions<GrpcServiceOptions<AdminService>>().PostConfigure<MessageLimits>(
            static (grpc, limits) => grpc.MaxReceiveMessageSize = limits.MostOfAdmin);
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
