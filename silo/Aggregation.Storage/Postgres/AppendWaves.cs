using System.Runtime.InteropServices;
using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Postgres;

/// <summary>
/// Splits appends into waves, each one statement, such that within a wave no two touch the same stream, request or
/// ledger, and those that do keep their order from wave to wave. Then a wave's outcome is the same as one by one.
/// </summary>
internal static class AppendWaves
{
    private enum Kind
    {
        Stream,
        Request,
        Ledger,
    }

    public static List<List<PendingAppend>> Of(IReadOnlyList<PendingAppend> appends)
    {
        var next = new Dictionary<(Kind, string, string, string, string), int>(appends.Count * 3);
        var waves = new List<List<PendingAppend>>();
        foreach (var append in appends)
        {
            var entry = append.Entry;
            var stream = (Kind.Stream, entry.Tenant, entry.Stream, "", "");
            var request = (Kind.Request, entry.Tenant, entry.Unit, entry.RequestId ?? "", "");
            var ledger = (Kind.Ledger, entry.Tenant, entry.Latest?.Form ?? "", entry.Latest?.Period ?? "", entry.Latest?.Unit ?? "");
            var wave = next.GetValueOrDefault(stream);
            wave = entry.RequestId is null ? wave : Math.Max(wave, next.GetValueOrDefault(request));
            wave = entry.Latest is null ? wave : Math.Max(wave, next.GetValueOrDefault(ledger));

            CollectionsMarshal.GetValueRefOrAddDefault(next, stream, out _) = wave + 1;
            if (entry.RequestId is not null)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(next, request, out _) = wave + 1;
            }

            if (entry.Latest is not null)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(next, ledger, out _) = wave + 1;
            }

            if (wave == waves.Count)
            {
                waves.Add([]);
            }

            waves[wave].Add(append);
        }

        return waves;
    }
}
