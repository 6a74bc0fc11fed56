using Aggregation.Deploy.Tests.Prometheus;
using Aggregation.Deploy.Tests.Runs;

namespace Aggregation.Deploy.Tests.Faults;

/// <summary>Something that goes wrong, and the alerts that must tell of it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Alerts">Fire because of it.</param>
/// <param name="NeedsQuiet">The load is stopped first.</param>
/// <param name="InjectAsync">Makes it go wrong; what is awaited mends it, after the alerts have fired.</param>
internal sealed record Provocation(
    string Name, IReadOnlyList<Alert> Alerts, bool NeedsQuiet, Func<Site, Task<Func<Task>>> InjectAsync)
{
    public static Alert Page(string name) => new(name, "page");

    public static Alert Ticket(string name) => new(name, "ticket");
}
