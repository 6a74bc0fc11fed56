using Aggregation.Cli.Files;
using Aggregation.Domain.Chains;
using Aggregation.V1;
using Google.Protobuf;

namespace Aggregation.Cli.Trails;

/// <summary>What following a trail came to.</summary>
/// <param name="Named">Entries with a name or an address beside them, of which the chain says nothing.</param>
/// <param name="Faults">The line in the file, and what is wrong with it.</param>
internal sealed record TrailVerdict(int Entries, int Streams, int Named, IReadOnlyList<(int Line, string Fault)> Faults);

/// <summary>Follows the chains of a file of trail entries: each hash covers its entry and the hash before.</summary>
internal static class TrailFile
{
    public static async Task<TrailVerdict> VerifyAsync(FileInfo file, TextFiles texts, CancellationToken cancellation)
    {
        using var lines = new StringReader(await texts.ReadAsync(file, cancellation));
        var chains = new Dictionary<(string Tenant, string Stream), EntryChain>();
        var faults = new List<(int, string)>();
        var (entries, named) = (0, 0);
        for (var number = 1; await lines.ReadLineAsync(cancellation) is { } line; number++)
        {
            if (line.Length == 0)
            {
                continue;
            }

            if (Read(line) is not { Entry: { } entry } read)
            {
                faults.Add((number, "is no entry of a trail"));
                continue;
            }

            entries++;
            named += read.ActorName.Length + read.Address.Length > 0 ? 1 : 0;
            if (read.Text.Length > 0)
            {
                faults.Add((number, "has a text that no hash covers"));
            }

            if (!chains.TryGetValue((read.Tenant, entry.Stream), out var chain))
            {
                chains.Add((read.Tenant, entry.Stream), chain = new EntryChain());
            }

            if (Describe(chain.Next(ToBody(read.Tenant, entry)), entry) is { } fault)
            {
                faults.Add((number, fault));
            }
        }

        return new TrailVerdict(entries, chains.Count, named, faults);
    }

    private static TrailEntry? Read(string line)
    {
        try
        {
            return TrailEntry.Parser.ParseJson(line);
        }
        catch (Exception exception) when (exception is InvalidJsonException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static string? Describe(ChainFault fault, TransferEntry entry) => fault switch
    {
        ChainFault.None => null,
        ChainFault.Gap => $"entries before {entry.Stream} {entry.Version} are missing",
        ChainFault.Unlinked => $"{entry.Stream} {entry.Version} does not follow the entry before it",
        _ => $"{entry.Stream} {entry.Version} is not as it was written",
    };

    private static EntryBody ToBody(string tenant, TransferEntry entry) => new()
    {
        Tenant = tenant,
        Stream = entry.Stream,
        Version = entry.Version,
        Kind = entry.Kind,
        At = DateTimeOffset.FromUnixTimeMilliseconds(entry.AtUnixMs),
        Actor = entry.Actor,
        Unit = entry.Unit,
        RequestId = entry.HasRequestId ? entry.RequestId : null,
        RequestHash = entry.RequestHash.Memory,
        Payload = entry.Payload.Memory,
        PreviousHash = entry.PreviousHash.Memory,
        Origin = entry.Origin,
        Hash = entry.Hash.Memory,
    };
}
