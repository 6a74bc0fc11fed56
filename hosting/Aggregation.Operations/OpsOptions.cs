using System.ComponentModel.DataAnnotations;

namespace Aggregation.Operations;

/// <summary>The operators' page <c>/ops</c> and what it keeps in memory.</summary>
public sealed class OpsOptions
{
    public const string SectionName = "Ops";

    /// <summary>Whether <c>/ops</c> answers; without it nothing is kept for it. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How many requests are traced for the page in a second, 0–10,000; default 50. Beyond it a failed call leaves one span. More are
    /// traced where OTLP takes traces too, but no more are kept.
    /// </summary>
    [Range(0, 10_000)]
    public int TracesPerSecond { get; set; } = 50;

    /// <summary>How many of the latest traces are kept, 1–100,000; default 1,000.</summary>
    [Range(1, 100_000)]
    public int RecentTraces { get; set; } = 1_000;

    /// <summary>How many older ones are kept for an hour of each: the slowest, failed ones, refused ones; 0–10,000, default 100.</summary>
    [Range(0, 10_000)]
    public int KeptTraces { get; set; } = 100;

    /// <summary>How many spans of a trace are kept, 1–10,000; default 300. The others are counted.</summary>
    [Range(1, 10_000)]
    public int SpansPerTrace { get; set; } = 300;

    /// <summary>How much memory all traces together may take, about, 64 KiB–1 GiB; default 32 MiB.</summary>
    [Range(64 << 10, 1 << 30)]
    public int TraceBytes { get; set; } = 32 << 20;

    /// <summary>How long a sign-in lasts, 1 minute–24 hours; default 8 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SessionTime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How many sign-ins one address may try in a minute, 1–1,000; default 10.</summary>
    [Range(1, 1_000)]
    public int SignInsPerMinute { get; set; } = 10;
}
