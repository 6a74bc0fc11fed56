using Aggregation.Operations.Access;
using Aggregation.Operations.Live;
using Aggregation.Operations.Pages;
using Aggregation.Operations.Traces;
using Aggregation.ServiceDefaults;
using Aggregation.ServiceDefaults.Metrics;
using Aggregation.ServiceDefaults.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Aggregation.Operations;

/// <summary>The operators' page of a host: what it is doing now, and what became of the last requests.</summary>
public static class OperationsRegistration
{
    internal const string Path = "/ops";

    /// <summary>Keeps traces and readings for the page, unless Ops:Enabled is false. After <c>AddServiceDefaults</c>.</summary>
    public static IHostApplicationBuilder AddOperations(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(OpsOptions.SectionName);
        builder.Services.AddOptions<OpsOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        var options = new OpsOptions();
        section.Bind(options);
        if (!options.Enabled)
        {
            return builder;
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<TraceStore>();
        builder.Services.TryAddSingleton<RecentReadings>();
        builder.Services.TryAddSingleton<Sessions>();
        builder.Services.TryAddSingleton(static services => new SignIn(
            services.GetRequiredService<Sessions>(), services.GetRequiredService<IOptions<OpsOptions>>(), services.GetService<IOperatorCredential>()));
        builder.Services.TryAddSingleton(static services => new OpsGuard(
            services.GetRequiredService<Sessions>(), services.GetService<IOperatorCredential>()));
        builder.AddTraces(options, isSent: OtlpEndpoint.IsConfigured(builder.Configuration));
        var metrics = new MetricsOptions();
        builder.Configuration.GetSection(MetricsOptions.SectionName).Bind(metrics);
        if (metrics.Enabled)
        {
            builder.Services.AddHostedService<InstrumentSampler>();
        }

        return builder;
    }

    /// <summary>Maps the page, unless Ops:Enabled is false. Not where only gRPC is spoken.</summary>
    public static WebApplication MapOperations(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<OpsOptions>>().Value.Enabled)
        {
            return app;
        }

        var open = app.MapGroup(Path).AddEndpointFilter(WithHeaders);
        open.MapGet("/ops.css", static () => Assets.Style);
        open.MapGet("/ops.js", static () => Assets.Script);
        open.MapPost("/sign-in", static (HttpContext context, SignIn signIn) => signIn.BeginAsync(context));
        open.MapPost("/sign-out", static (HttpContext context, SignIn signIn) => signIn.End(context));

        var guarded = open.MapGroup("").AddEndpointFilter(app.Services.GetRequiredService<OpsGuard>());
        guarded.MapGet("", static (RecentReadings history, TraceStore store) => OverviewPage.Show(history.View(), store));
        guarded.MapGet("/traces", static (HttpContext context, TraceStore store) => TracesPage.Show(TraceQuery.Of(context.Request.Query), store));
        guarded.MapGet("/traces/{id}", static (string id, TraceStore store) => TracePage.Show(id, store));
        guarded.MapGet("/{**rest}", static () => Page.NotFound("没有这一页 There is no such page."));
        return app;
    }

    private static void AddTraces(this IHostApplicationBuilder builder, OpsOptions options, bool isSent)
    {
        if (!isSent)
        {
            // Nobody else takes traces: the sampler leaves out what would not be kept, which costs next to nothing.
            builder.Services.PostConfigure<TracingOptions>(traces => traces.MostPerSecond ??= options.TracesPerSecond);
        }

        builder.AddTraces(tracing => tracing.AddProcessor(services => new TraceCollector(
            services.GetRequiredService<TraceStore>(),
            isSent ? new PerSecond(options.TracesPerSecond, services.GetRequiredService<TimeProvider>()) : null)));
    }

    private static async ValueTask<object?> WithHeaders(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpProtocol.IsHttp2(request.Protocol) && !request.IsHttps)
        {
            // HTTP/2 without TLS is gRPC's own address.
            return Results.NotFound();
        }

        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Page.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";

        // Without any, browsers would hide from the forms' own server where they come from.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return await next(context);
    }
}
