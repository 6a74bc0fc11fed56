using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Publications;

/// <summary>A publication as it is journaled.</summary>
/// <param name="Members">The revision of each unit that was included, by unit code.</param>
internal sealed record Publication(PublicationView View, Totals Totals, IReadOnlyDictionary<string, long> Members)
{
    public static string StreamOf(LedgerKey ledger) => $"publication/{ledger.Form}/{ledger.Period}/{ledger.Unit}";

    /// <param name="total">What is published.</param>
    /// <param name="totals">The same, exact.</param>
    /// <param name="members">In ordinal order of units.</param>
    public static byte[] Write(
        LedgerFrame frame, PublishCommand command, TotalView total, Totals totals, SortedDictionary<string, long> members) => new PublishedEntry
    {
        Tree = total.Query.Tree,
        Scope = Words.Of(total.Query.Scope),
        Layer = Words.Of(total.Query.Layer),
        UnitName = total.UnitName,
        StructureVersion = total.StructureVersion,
        FormHash = frame.Form.ContentHash,
        Totals = UnsafeByteOperations.UnsafeWrap(totals.Pack()),
        Digest = total.Digest,
        Expected = total.Coverage.Expected,
        Submitted = total.Coverage.Submitted,
        Accepted = total.Coverage.Accepted,
        Returned = total.Coverage.Returned,
        Nil = total.Coverage.Nil,
        Units = { members.Keys },
        Revisions = { members.Values },
        Completion = command.IsCompletion,
        Text = command.Text,
    }.ToByteArray();

    public static Publication Read(LedgerFrame frame, StoredEntry entry)
    {
        var published = PublishedEntry.Parser.ParseFrom(entry.Payload.Span);
        var view = new PublicationView
        {
            Ledger = frame.Key,
            Query = new TotalQuery
            {
                Tree = published.Tree, Scope = Words.ToScope(published.Scope), Layer = Words.ToLayer(published.Layer),
            },
            Number = entry.Version,
            RequestId = entry.RequestId ?? "",
            At = entry.At,
            Actor = entry.Actor,
            Hash = Convert.ToHexStringLower(entry.Hash.Span),
            Digest = published.Digest,
            StructureVersion = published.StructureVersion,
            Coverage = new Coverage(
                published.Expected, published.Submitted, published.Accepted, published.Returned, published.Nil),
            UnitName = published.UnitName,
            Completion = published.Completion ? new CompletionView(CompletionState.Reported, published.Text, null) : null,
        };
        var members = published.Units.Zip(published.Revisions).ToDictionary(
            member => member.First, member => member.Second, StringComparer.Ordinal);
        return new Publication(view, Totals.Unpack(published.Totals.Span), members);
    }

    public TotalView ToTotal(LedgerFrame frame) => new()
    {
        Ledger = View.Ledger,
        Query = View.Query,
        UnitName = View.UnitName,
        Version = default,
        StructureVersion = View.StructureVersion,
        Coverage = View.Coverage,
        Digest = View.Digest,
        Cells = FigureViews.Cells(frame, Totals),
        Derived = FigureViews.Derived(frame, Totals),
    };

    /// <summary>The cells whose sum or number of units is not what was published.</summary>
    public ImmutableArray<CellDifference> Against(LedgerFrame frame, Totals current)
    {
        var differences = ImmutableArray.CreateBuilder<CellDifference>();
        foreach (var cell in frame.Form.Cells)
        {
            var i = cell.Index;
            if (Totals[i] != current[i] || Totals.CountOf(i) != current.CountOf(i))
            {
                differences.Add(new CellDifference(cell.Code, Cell(Totals), Cell(current)));
            }

            CellTotal? Cell(Totals totals) => totals.Has(i)
                ? new CellTotal(cell.Code, Amount.FromFixedPoint(totals[i], cell.Scale), totals.CountOf(i))
                : null;
        }

        return differences.ToImmutable();
    }

    /// <summary>Scopes and layers as they are journaled.</summary>
    private static class Words
    {
        public static string Of(Scope scope) => scope switch { Scope.Own => "own", Scope.Level => "level", _ => "region" };

        public static string Of(Layer layer) => layer == Layer.Accepted ? "accepted" : "submitted";

        public static Scope ToScope(string word) => word switch
        {
            "own" => Scope.Own,
            "level" => Scope.Level,
            "region" => Scope.Region,
            _ => throw new InvalidDataException($"A publication is of scope '{word}', which this program does not know."),
        };

        public static Layer ToLayer(string word) => word switch
        {
            "submitted" => Layer.Submitted,
            "accepted" => Layer.Accepted,
            _ => throw new InvalidDataException($"A publication is of layer '{word}', which this program does not know."),
        };
    }
}
