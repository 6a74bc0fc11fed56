namespace Aggregation.Storage.Tests.Orleans.Membership;

/// <summary>One start of a silo.</summary>
internal sealed record Member
{
    public const int Joining = 2;
    public const int Active = 3;
    public const int Dead = 6;

    public static DateTime Noon { get; } = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    public string Address { get; init; } = "10.0.0.1";

    public int Port { get; init; } = 11111;

    public int Generation { get; init; } = 1;

    public string Name { get; init; } = "silo";

    public string Host { get; init; } = "host";

    public int Status { get; init; } = Joining;

    public int ProxyPort { get; init; } = 30000;

    /// <summary>Who suspects it and when, as Orleans writes it; null for nobody.</summary>
    public string? Suspects { get; init; }

    public DateTime StartedAt { get; init; } = Noon;

    public DateTime AliveAt { get; init; } = Noon;

    public static Member From(Dictionary<string, object?> row) => new()
    {
        Address = (string)row["Address"]!,
        Port = (int)row["Port"]!,
        Generation = (int)row["Generation"]!,
        Name = (string)row["SiloName"]!,
        Host = (string)row["HostName"]!,
        Status = (int)row["Status"]!,
        ProxyPort = (int)row["ProxyPort"]!,
        Suspects = (string?)row["SuspectTimes"],
        StartedAt = (DateTime)row["StartTime"]!,
        AliveAt = (DateTime)row["IAmAliveTime"]!,
    };
}
