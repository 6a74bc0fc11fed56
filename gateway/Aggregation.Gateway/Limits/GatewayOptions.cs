namespace Aggregation.Gateway.Limits;

/// <summary>What the gateway takes from its clients. Checked at start; a value out of range stops the host.</summary>
public sealed class GatewayOptions
{
    public const string SectionName = "Gateway";

    /// <summary>
    /// Largest request message, in bytes, 1 KiB to 64 MiB. Default 1 MiB. A unit import may be as large as <see cref="MaxCsvBytes"/>, and a
    /// message of a tenant's import as the larger of both: an entry of a journal is as large as what it came from.
    /// </summary>
    public int MaxMessageBytes { get; set; } = 1 << 20;

    /// <summary>Most cells in one submission, table and narrative each, 1 to 100,000. Default 2,000.</summary>
    public int MaxCells { get; set; } = 2_000;

    /// <summary>Most submissions in flight on one SubmitMany stream, 1 to 10,000; the stream is not read further while it is reached. Default 256.</summary>
    public int MaxBatchInFlight { get; set; } = 256;

    /// <summary>Most calls in flight on one connection, 1 to 100,000; one more is RESOURCE_EXHAUSTED. Default 1,000.</summary>
    public int MaxInFlightPerConnection { get; set; } = 1_000;

    /// <summary>Largest CSV of a unit import, in bytes of UTF-8, 1 KiB to 64 MiB. Default 16 MiB.</summary>
    public int MaxCsvBytes { get; set; } = 16 << 20;

    /// <summary>
    /// Most metadata of a refusal, in bytes as they are sent (<c>grpc-message</c> percent-encoded, details as base64), 1 KiB to 32 KiB.
    /// Default 7 KiB: clients at their defaults take 8 KiB, of which other fields and proxies have a share. Over gRPC-Web at most 3 KiB.
    /// Violations beyond it are counted in the message, which takes at most an eighth of it: a longer one, as one that quotes a long
    /// value, is cut in its middle.
    /// </summary>
    public int MaxErrorDetailBytes { get; set; } = 7 << 10;

    /// <summary>Shortest time between two updates of one Watch stream, 0 to 1 minute. Default 50 ms.</summary>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a Watch stream renews its subscription and proves its right again, 100 ms to 30 s (a ledger forgets after a minute). Default 5 s.</summary>
    public TimeSpan WatchRenewal { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often WatchObligations looks whether anything has changed, 100 ms to 5 minutes. Default 1 s.</summary>
    public TimeSpan ObligationInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer about a credential is believed, 100 ms to 5 minutes: a revoked key works no longer than this. Default 5 s.</summary>
    public TimeSpan CredentialCacheTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most answers about credentials held, 16 to 1,000,000. Default 10,000.</summary>
    public int CredentialCacheSize { get; set; } = 10_000;
}
