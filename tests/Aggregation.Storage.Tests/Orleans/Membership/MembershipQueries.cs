namespace Aggregation.Storage.Tests.Orleans.Membership;

/// <summary>What Orleans 10.4.2 asks the table OrleansQuery for when it clusters, and what it passes to each statement.</summary>
public static class MembershipQueries
{
    /// <summary>Asked for where it is there.</summary>
    public const string OptionalKey = "CleanupDefunctSiloEntryKey";

    private const string Cluster = "DeploymentId";

    private static readonly string[] Silo = [Cluster, "Address", "Port", "Generation"];

    /// <summary>Names of parameters, by key.</summary>
    public static IReadOnlyDictionary<string, string[]> Parameters { get; } = new Dictionary<string, string[]>
    {
        ["GatewaysQueryKey"] = [Cluster, "Status"],
        ["MembershipReadRowKey"] = Silo,
        ["MembershipReadAllKey"] = [Cluster],
        ["InsertMembershipVersionKey"] = [Cluster],
        ["UpdateIAmAlivetimeKey"] = [.. Silo, "IAmAliveTime"],
        ["InsertMembershipKey"] =
            [.. Silo, "SiloName", "HostName", "Status", "ProxyPort", "StartTime", "IAmAliveTime", "Version"],
        ["UpdateMembershipKey"] = [.. Silo, "Status", "SuspectTimes", "IAmAliveTime", "Version"],
        ["DeleteMembershipTableEntriesKey"] = [Cluster],
        ["CleanupDefunctSiloEntriesKey"] = [Cluster, "IAmAliveTime"],
        [OptionalKey] = [.. Silo, "SuspectTimes", "StartTime", "IAmAliveTime"],
    };
}
