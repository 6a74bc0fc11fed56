using System.Globalization;
using Aggregation.Domain.Structure;
using Aggregation.Domain.Structure.Changes;
using FsCheck;
using FsCheck.Fluent;

namespace Aggregation.Domain.Tests.Structure.Changes;

/// <summary>Random lists of changes against a table that has, for each day, who is under whom.</summary>
public sealed class RestructureProperties
{
    private const string Territory = AdministrativeStructure.Territory;
    private static readonly DateOnly[] Days = [.. Enumerable.Range(0, 6).Select(n => new DateOnly(2017, 1 + n, 1))];
    private static readonly string[] Codes =
    [
        "360000", "360000-edu", "360300", "360300-edu", "360300-edu.1", "360300-fin", "360302", "360302-edu", "360313",
        "n1", "n2", "n3",
    ];

    private int applied;

    private static Gen<ChangeRow> Row =>
        from change in Gen.Elements("move", "move", "open", "close", "merge", "split", "abolish", "rename")
        from day in Gen.Choose(1, Days.Length - 1)
        from unit in Gen.Elements(Codes)
        from other in Gen.Elements(Codes)
        from child in Gen.Elements(Codes)
        from kind in Gen.Elements("department", "institution")
        let first = Days[day].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        select change switch
        {
            "open" => new ChangeRow(1, change, "", first, unit, other, "", $"{unit} opened", kind),
            "move" => new ChangeRow(1, change, "", first, unit, other),
            "close" => new ChangeRow(1, change, "", first, unit),
            "rename" => new ChangeRow(1, change, "", first, unit, Name: $"{unit} of {first}"),
            "split" => new ChangeRow(
                1, change, "", first, unit, "", other, other[0] == 'n' ? $"{other} opened" : "", Children: child == unit ? "" : child),
            "merge" => new ChangeRow(1, change, "", first, unit, "", other, other[0] == 'n' ? $"{other} opened" : ""),
            _ => new ChangeRow(1, change, "", first, unit, "", other),
        };

    [Fact]
    public void Restructure_RandomChanges_EveryDayIsTheTables()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_000),
            Prop.ForAll(Arb.From(Gen.ListOf(Row)), rows =>
            {
                var structure = Csv.Import(Csv.Province);
                var oracle = new DayTable(structure.At(Territory, Days[0]), Days);
                foreach (var row in rows)
                {
                    var before = structure.Version;
                    var result = structure.Restructure([row]);
                    if (result.Structure is not { } next)
                    {
                        Assert.NotEmpty(result.Faults);
                        continue;
                    }

                    applied++;
                    oracle.Apply(row);
                    structure = next;
                    Assert.Equal(before + 1, structure.Version);
                    Assert.Equal(row.From, result.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                }

                foreach (var day in Days)
                {
                    RequireSame(oracle, structure, day);
                }
            }));

        // The table would agree with a structure that refuses everything.
        Assert.True(applied > 500, $"only {applied} changes were applied");
    }

    [Fact]
    public void Restructure_AListWithOneFault_ChangesNothing() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Arb.From(Gen.ListOf(Row)), rows =>
        {
            var structure = Csv.Import(Csv.Province);
            var before = structure.At(Territory, Days[^1]).PreOrder().ToArray();

            var result = structure.Restructure([.. rows, new ChangeRow(99, "close", "", "2017-01-01", "nobody")]);

            Assert.Null(result.Structure);
            Assert.Contains(result.Faults, fault => fault.Line == 99);
            Assert.Equal(before, structure.At(Territory, Days[^1]).PreOrder());
        }));

    private static void RequireSame(DayTable oracle, AdministrativeStructure structure, DateOnly day)
    {
        var view = structure.At(Territory, day);
        var expected = oracle.On(day);
        Assert.Equal(
            expected.Select(unit => (unit.Key, unit.Value)).OrderBy(unit => unit.Key, StringComparer.Ordinal),
            view.PreOrder().Select(unit => (unit.Code, new DayTable.Row(unit.Parent, unit.Name)))
                .OrderBy(unit => unit.Code, StringComparer.Ordinal));
        var homes = structure.HomesOn(Territory, day);
        Assert.All(view.PreOrder(), unit => Assert.Equal(unit.Code, homes.Of(unit.Code)));
        Assert.All(Codes.Select(homes.Of), home => Assert.True(home is null || view.TryFind(home, out _)));
        foreach (var unit in view.PreOrder())
        {
            Assert.Equal(oracle.Below(day, unit.Code), view.PreOrder(unit.Code).Select(below => below.Code).ToHashSet());
        }
    }
}
