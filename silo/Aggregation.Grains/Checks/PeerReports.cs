using System.Collections.Concurrent;
using Aggregation.Contracts;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Outliers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Aggregation.Grains.Checks;

/// <summary>
/// What the units beside a unit have filed, where its form looks for outliers there. Peers are units of its kind and level
/// under the same one in the territory. Shared by all of them: one query for each family every few seconds, however many
/// file meanwhile.
/// </summary>
internal sealed partial class PeerReports(LatestRows latest, TimeProvider clock, ILogger<PeerReports> logger)
{
    /// <summary>How long reports are taken to be as they were read. A peer that filed just now may be missing in a sample.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    /// <summary>From this many families on, those that have not been asked for lately are forgotten.</summary>
    private const int ManyFamilies = 256;

    private readonly ConcurrentDictionary<Family, Reading> _families = new();

    /// <returns>Null where the form does not look at peers, or the unit has none.</returns>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async ValueTask<OutlierSample?> OfAsync(LedgerFrame frame, AdministrativeStructure structure, CancellationToken cancellation)
    {
        if (frame.Form.Outliers is not { Peers: { } sample } rules || FamilyOf(frame, structure) is not { } family)
        {
            return null;
        }

        while (true)
        {
            var reading = _families.GetOrAdd(family, static (_, now) => new Reading(now), clock.GetTimestamp());
            if (clock.GetElapsedTime(reading.Started) < Age)
            {
                // The first to ask has it read, for all who ask meanwhile; that goes on though the first may leave.
                var read = reading.Read(() => ReadAsync(frame, structure, family, rules, sample.Most));
                try
                {
                    return (await read.WaitAsync(cancellation)).Without(frame.Key.Unit);
                }
                catch (Exception) when (read.IsFaulted)
                {
                    _families.TryRemove(KeyValuePair.Create(family, reading));
                    throw;
                }
            }

            _families.TryRemove(KeyValuePair.Create(family, reading));
            ForgetOld();
        }
    }

    private static Family? FamilyOf(LedgerFrame frame, AdministrativeStructure structure)
    {
        if (!structure.HasTree(Names.Territory))
        {
            return null;
        }

        var tree = structure.At(Names.Territory, frame.Day);
        return tree.TryFind(frame.Key.Unit, out var unit) && unit.Parent is { } parent
            ? new Family(frame.Key.Tenant, frame.Key.Form, frame.Key.Period, parent, unit.Kind, unit.Level, structure.Version)
            : null;
    }

    private async Task<PeerFigures> ReadAsync(
        LedgerFrame frame, AdministrativeStructure structure, Family family, OutlierRules rules, int most)
    {
        string[] all =
        [
            .. structure.At(Names.Territory, frame.Day).ChildrenOf(family.Parent)
                .Where(unit => unit.Kind == family.Kind && unit.Level == family.Level)
                .Select(unit => unit.Code).Order(StringComparer.Ordinal),
        ];
        string[] asked = all.Length <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Length / most)])];
        var reports = new List<KeyValuePair<string, ICellValues>>(asked.Length);
        try
        {
            foreach (var row in await latest.ReadAsync(family.Tenant, family.Form, family.Period, asked, CancellationToken.None))
            {
                if (CountingCodec.Unpack(row.State).Submitted is { } submitted)
                {
                    reports.Add(new(row.Unit, submitted.ToFigures(frame.Cells)));
                }
            }
        }
        catch (JournalDamagedException exception)
        {
            // One unit's damage, which its own ledger and the audit report, must not keep the units beside it from filing.
            LogDamaged(exception, frame.Key.ToString());
            reports.Clear();
        }

        return new PeerFigures(rules, reports);
    }

    private void ForgetOld()
    {
        if (_families.Count >= ManyFamilies)
        {
            foreach (var (family, reading) in _families)
            {
                if (clock.GetElapsedTime(reading.Started) >= Age)
                {
                    _families.TryRemove(KeyValuePair.Create(family, reading));
                }
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Outliers among the units beside {Ledger} are not looked for, because the journal is damaged")]
    private partial void LogDamaged(Exception exception, string ledger);

    private sealed record Family(
        string Tenant, string Form, string Period, string Parent, UnitKind Kind, UnitLevel Level, long StructureVersion);

    /// <summary>One reading, begun by whoever asks first.</summary>
    private sealed class Reading(long started)
    {
        private readonly Lock _begin = new();
        private Task<PeerFigures>? _read;

        public long Started => started;

        public Task<PeerFigures> Read(Func<Task<PeerFigures>> read)
        {
            lock (_begin)
            {
                return _read ??= Task.Run(read);
            }
        }
    }
}
