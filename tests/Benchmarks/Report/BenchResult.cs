using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aggregation.Benchmarks.Report;

/// <summary>One run's figures. Rates are per second; null where PostgreSQL is not installed.</summary>
internal sealed record BenchResult
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [JsonPropertyName("processors")]
    public int Processors { get; } = Environment.ProcessorCount;

    /// <summary>Unary echo of 16 bytes.</summary>
    [JsonPropertyName("echo_per_s")]
    public required double Echo { get; init; }

    /// <summary>Unary echo: request of a submission's size, answer of a receipt's.</summary>
    [JsonPropertyName("echo_submission_size_per_s")]
    public required double EchoSized { get; init; }

    /// <summary>Submissions read by the echo server and answered with a receipt, and no more done: what no Submit can exceed.</summary>
    [JsonPropertyName("answer_per_s")]
    public required double Answer { get; init; }

    [JsonPropertyName("submit_per_s")]
    public required double Submit { get; init; }

    /// <summary>The server's processor time for one submission, up to the root: what other work on the machine does not change.</summary>
    [JsonPropertyName("submit_cpu_us")]
    public required double SubmitCost { get; init; }

    /// <summary>Of <see cref="SubmitCost"/>: to read a submission from gRPC and answer it, by the echo server.</summary>
    [JsonPropertyName("answer_cpu_us")]
    public required double AnswerCost { get; init; }

    /// <summary>Of <see cref="SubmitCost"/>: to append its entry and its row to the journal on SQLite, the journal alone.</summary>
    [JsonPropertyName("journal_cpu_us")]
    public double JournalCost { get; init; }

    /// <summary>Of <see cref="SubmitCost"/>: Orleans alone, for a grain that comes, calls the one above it, and leaves.</summary>
    [JsonPropertyName("grains_cpu_us")]
    public double GrainsCost { get; init; }

    /// <summary>What the client takes to send one and read its receipt, on the same processors.</summary>
    [JsonPropertyName("client_cpu_us")]
    public required double ClientCost { get; init; }

    /// <summary>
    /// Submissions a second that this machine could carry if the product added nothing of its own to gRPC, journal, Orleans and client: no
    /// credential, check, hash, telemetry or sum, and no processor ever idle.
    /// </summary>
    [JsonPropertyName("bound_per_s")]
    public double Bound => Math.Round(Processors * 1e6 / (ClientCost + AnswerCost + JournalCost + GrainsCost));

    [JsonPropertyName("bound_to_echo")]
    public double BoundToEcho => Math.Round(Bound / Echo, 3);

    [JsonPropertyName("bound_to_trigger")]
    public double? BoundToTrigger => Trigger is { } trigger ? Math.Round(Bound / trigger, 2) : null;

    /// <summary>The same on PostgreSQL.</summary>
    [JsonPropertyName("submit_per_s_postgres")]
    public double? SubmitPostgres { get; init; }

    [JsonPropertyName("freshness_p50_ms_postgres")]
    public double? FreshnessMedianPostgres { get; init; }

    [JsonPropertyName("freshness_p99_ms_postgres")]
    public double? FreshnessTailPostgres { get; init; }

    [JsonPropertyName("trigger_per_s")]
    public double? Trigger { get; init; }

    /// <summary>The number of clients that gave <see cref="Trigger"/>.</summary>
    [JsonPropertyName("trigger_clients")]
    public int? TriggerClients { get; init; }

    [JsonPropertyName("groupby_ms")]
    public double? GroupBy { get; init; }

    [JsonPropertyName("freshness_p50_ms")]
    public required double FreshnessMedian { get; init; }

    [JsonPropertyName("freshness_p99_ms")]
    public required double FreshnessTail { get; init; }

    [JsonPropertyName("freshness_samples")]
    public required int FreshnessSamples { get; init; }

    [JsonPropertyName("total_p50_ms")]
    public required double TotalMedian { get; init; }

    [JsonPropertyName("total_p99_ms")]
    public required double TotalTail { get; init; }

    [JsonPropertyName("bytes_per_ledger")]
    public required double BytesPerLedger { get; init; }

    [JsonPropertyName("ledgers_active")]
    public required long LedgersActive { get; init; }

    [JsonPropertyName("submit_per_s_1000_leaves")]
    public required double SubmitSmall { get; init; }

    [JsonPropertyName("submit_per_s_100000_leaves")]
    public required double SubmitLarge { get; init; }

    /// <summary>From a process's start to the right total of 10,500 departments. Goal: at most 5,000.</summary>
    [JsonPropertyName("cold_start_ms_10500")]
    public double? ColdStart { get; init; }

    /// <summary>The same with 100,000 departments; null in a quick run. Goal: at most 30,000.</summary>
    [JsonPropertyName("cold_start_ms_100000")]
    public double? ColdStartLarge { get; init; }

    /// <summary>What <see cref="SubmitToEcho"/> would be if checking, journaling and rolling up cost nothing.</summary>
    [JsonPropertyName("answer_to_echo")]
    public double AnswerToEcho => Math.Round(Answer / Echo, 3);

    [JsonPropertyName("submit_to_answer")]
    public double SubmitToAnswer => Math.Round(Submit / Answer, 3);

    /// <summary>Goal: at least 0.30.</summary>
    [JsonPropertyName("submit_to_echo")]
    public double SubmitToEcho => Math.Round(Submit / Echo, 3);

    /// <summary>Goal: at least 5.</summary>
    [JsonPropertyName("submit_to_trigger")]
    public double? SubmitToTrigger => Trigger is { } trigger ? Math.Round(Submit / trigger, 2) : null;

    /// <summary>What one submission costs on 100,000 departments, compared with 1,000. Goal: 0.85 to 1.15, or less.</summary>
    [JsonPropertyName("cost_100000_to_1000")]
    public double CostLargeToSmall => Math.Round(SubmitSmall / SubmitLarge, 3);

    public string ToJson() => JsonSerializer.Serialize(this, Indented);
}
