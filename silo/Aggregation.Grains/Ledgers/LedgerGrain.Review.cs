using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Reviews;

namespace Aggregation.Grains.Ledgers;

/// <content>
/// Review of the unit's own report. Its acts are entries of the ledger's own stream, so that an act and an edit can never
/// both follow the same entry: whichever comes second is refused.
/// </content>
internal sealed partial class LedgerGrain
{
    public Task<Receipt> Review(Caller caller, ReviewCommand command, CancellationToken cancellation)
    {
        var ledger = Open(caller, ReviewRules.RightTo(command.Act));
        var hash = RequestHash.Of(ledger.Frame.Key, command);
        return WriteAsync(LedgerTelemetry.Review, ledger, command.RequestId, hash, () =>
        {
            ledger.RequireStanding();
            ReviewRules.RequireCommand(ledger.Frame, command);
            cancellation.ThrowIfCancellationRequested();
            var mustBeSigned = tenants.Seen(caller.Tenant).Settings.RequireSignature;
            return ledger.Own.ReviewAsync(caller, command, mustBeSigned, hash);
        }, cancellation);
    }

    public Task<ReportStanding> GetStanding(Caller caller)
    {
        var ledger = Open(caller, Access.RequireOwn);
        return Task.FromResult(Standings.Of(
            ledger.Frame.Key, ledger.UnitName, ledger.Own.Counting, ledger.Own.Version, ledger.Own.Head));
    }

    public async Task<ImmutableArray<ReportStanding>> ListStandings(Caller caller, string tree, CancellationToken cancellation)
    {
        var ledger = Open(caller, Access.RequireBelow);
        var frame = ledger.Frame;
        var children = ledger.In(tree).Node.View.ChildrenOf(frame.Key.Unit);
        var rows = await latest.ReadAsync(
            frame.Key.Tenant, frame.Key.Form, frame.Key.Period, [.. children.Select(child => child.Code)], cancellation);
        var found = rows.ToDictionary(row => row.Unit, StringComparer.Ordinal);
        return [.. children.Select(child => found.TryGetValue(child.Code, out var row)
            ? Standings.Of(frame.Key.At(child.Code), child.Name, CountingCodec.Unpack(row.State), row.Version, row.Hash)
            : Standings.Of(frame.Key.At(child.Code), child.Name, OwnFigures.None, 0, default))];
    }

    public Task<ImmutableArray<string>> ListBelow(Caller caller, string tree)
    {
        var ledger = Open(caller, Access.RequireReviewBelow);
        var view = ledger.In(tree).Node.View;
        return Task.FromResult(view.PreOrder(ledger.Frame.Key.Unit).Skip(1).Select(unit => unit.Code).ToImmutableArray());
    }
}
