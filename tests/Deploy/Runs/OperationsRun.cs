using Aggregation.Deploy.Tests.Faults;
using Aggregation.Deploy.Tests.Prometheus;

namespace Aggregation.Deploy.Tests.Runs;

/// <summary>
/// A server under load, seen by a real Prometheus with the rules of <c>deploy/</c>: everything that dashboards and rules ask has an answer, nothing
/// fires while nothing is wrong, and each alert fires when its fault is provoked.
/// </summary>
/// <param name="tell">Told of each step.</param>
internal sealed class OperationsRun(Action<string> tell)
{
    /// <summary>Of a dashboard's rates: several scrapes.</summary>
    private const string Range = "10s";

    private static readonly HashSet<string> OfSpeed = new(StringComparer.Ordinal) { "FreshnessBudgetBurn", "TargetDown" };

    private readonly List<Alert> _fired = [];

    /// <param name="provocations">In this order.</param>
    /// <exception cref="TimeoutException">An alert did not fire, or something that is asked has no answer.</exception>
    public async Task<OperationsResult> RunAsync(IReadOnlyList<Provocation> provocations)
    {
        await using var site = await Site.StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(site.Metrics);
        var load = new SteadyLoad(site);
        try
        {
            await QuietAsync(site, prometheus);
            foreach (var provocation in provocations)
            {
                if (provocation.NeedsQuiet && load is not null)
                {
                    await load.DisposeAsync();
                    load = null;
                }

                await ProvokeAsync(site, prometheus, provocation);
                if (!provocation.NeedsQuiet)
                {
                    load ??= new SteadyLoad(site);
                }
            }
        }
        finally
        {
            if (load is not null)
            {
                await load.DisposeAsync();
            }
        }

        return new OperationsResult(_fired, [.. (await prometheus.RulesAsync()).Select(static rule => rule.Alert).OfType<Alert>().Except(_fired)]);
    }

    /// <summary>Every query has data, some of which are there only while a key expires, and no other alert fires.</summary>
    private async Task QuietAsync(Site site, PrometheusServer prometheus)
    {
        var mend = await Provocations.KeyExpires.InjectAsync(site);
        var rules = await prometheus.RulesAsync();
        var queries = Dashboards.Read(site.Tenant.Name, Range);
        var metrics = rules.Select(static rule => rule.Query).Concat(queries.Select(static query => query.Expression))
            .SelectMany(Metrics.In).Where(static name => name != "ALERTS").Distinct(StringComparer.Ordinal).ToList();
        tell($"{queries.Count} queries of dashboards, {rules.Count} rules, {metrics.Count} metrics");
        foreach (var metric in metrics)
        {
            await prometheus.UntilAsync($"{metric} is measured", () => prometheus.AnswersAsync(metric));
        }

        foreach (var (panel, expression) in queries)
        {
            await prometheus.UntilAsync($"{panel} shows something: {expression}", () => prometheus.AnswersAsync(expression));
        }

        tell("everything that is asked has an answer");
        await FiresAsync(prometheus, Provocations.KeyExpires);
        await mend();
        await EndsAsync(prometheus);

        // Since the start, and under load, nothing else has been said, but for what a machine that is busy with other things may be guilty of.
        var others = (await prometheus.FiredAsync()).Where(alert => !Provocations.KeyExpires.Alerts.Contains(alert) && !OfSpeed.Contains(alert.Name));
        Assert.Empty(others);
        tell("nothing fires while nothing is wrong");
    }

    private async Task ProvokeAsync(Site site, PrometheusServer prometheus, Provocation provocation)
    {
        await prometheus.UntilAsync(
            $"none of {string.Join(", ", provocation.Alerts)} fires before {provocation.Name}",
            async () => !(await prometheus.FiringAsync()).Overlaps(provocation.Alerts));
        tell($"{provocation.Name} ...");
        var mend = await provocation.InjectAsync(site);
        await FiresAsync(prometheus, provocation);
        await mend();
    }

    private async Task FiresAsync(PrometheusServer prometheus, Provocation provocation)
    {
        foreach (var alert in provocation.Alerts)
        {
            await prometheus.UntilAsync($"{alert} fires because {provocation.Name}", async () => (await prometheus.FiringAsync()).Contains(alert));
            tell($"  {alert} fires");
            _fired.Add(alert);
        }
    }

    /// <summary>But for what a machine that is busy with other things may be guilty of all the time.</summary>
    private static Task EndsAsync(PrometheusServer prometheus) =>
        prometheus.UntilAsync("every alert has ended", async () => (await prometheus.FiringAsync()).All(static alert => OfSpeed.Contains(alert.Name)));
}

/// <param name="Fired">The alerts that fired on their faults, in order.</param>
/// <param name="Silent">Those whose faults were not provoked.</param>
internal sealed record OperationsResult(IReadOnlyList<Alert> Fired, IReadOnlyList<Alert> Silent);
