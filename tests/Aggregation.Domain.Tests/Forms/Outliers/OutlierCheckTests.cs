using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Forms.Loading;
using Aggregation.Domain.Forms.Outliers;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms.Outliers;

public sealed class OutlierCheckTests
{
    /// <summary>Median 13, distances 3 3 2 1 0 1 2 3 3, so MAD 2 and 3.5 · 1.4826 · 2 = 10.3782.</summary>
    private static readonly long[] Tens = [10, 10, 11, 12, 13, 14, 15, 16, 16];

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public void Check_AgainstHistory_FindsWhatIsOverTheThreshold(long value, bool found)
    {
        var form = Outliers(""" "cells": ["a"], "history": { "periods": 12 } """);

        Assert.Equal(found ? ["outlier-history:a"] : [], Report.Ids(Find(form, Report.Sparse(form, ("a", value)), Tens, peers: null)));
    }

    [Fact]
    public void Check_AgainstPeers_NamesCellValueMedianAndRuleInBothLanguages()
    {
        var form = Outliers(""" "cells": ["m", "a"], "threshold": 2.5, "number": 3, "peers": { "least": 8 } """);

        var findings = Find(form, Report.Sparse(form, ("a", 40), ("m", 99)), null, [.. Tens, 16]);

        Assert.Equal(["outlier-peers:a", "outlier-peers:m"], Report.Ids(findings));
        var finding = findings[0];
        Assert.Equal((Severity.Soft, "40 : 13.5"), (finding.Severity, finding.Value));
        Assert.Equal("a", Assert.Single(finding.Cells));
        Assert.Equal(
            "|x - median| / (1.4826 MAD) <= 2.50, or within 3 in number, against the units of its kind and level under the same one, of which at least 8 give the cell",
            finding.Rule);
        Assert.Equal("甲为 40，同级同类 10 个单位的中位数为 13.5，稳健 z 值为 7.15，请核实", finding.MessageZh);
        Assert.Equal("A: 40, the median of 10 units beside it is 13.5, a robust z-score of 7.15, please verify", finding.MessageEn);
        Assert.Equal("99.00 : 13.50", findings[1].Value);
    }

    [Fact]
    public void Check_TooFewReportsGiveTheCell_FindsNothing()
    {
        var form = Outliers(""" "cells": ["a"], "history": { "periods": 12, "least": 10 } """);

        Assert.Empty(Find(form, Report.Sparse(form, ("a", 999)), Tens, peers: null));
        Assert.Single(Find(form, Report.Sparse(form, ("a", 999)), [.. Tens, 13], peers: null));
    }

    [Fact]
    public void Check_CellEmptyOrNotDeclared_FindsNothing()
    {
        var form = Outliers(""" "cells": ["a"], "history": { "periods": 12 }, "peers": {} """);

        Assert.Empty(Find(form, Vector.Empty(form.Cells.Length), Tens, Tens));
        Assert.Empty(Find(form, Report.Sparse(form, ("b", 999)), Tens, Tens));
        Assert.Empty(Find(form, Report.Sparse(form, ("a", 999)), null, null));
    }

    [Fact]
    public void Check_MoreThanHalfSayTheSame_IsFoundOnlyWhereDeclared()
    {
        long[] tied = [5, 5, 5, 5, 9, 1];
        var quiet = Outliers(""" "cells": ["a"], "history": { "periods": 12 } """);
        var strict = Outliers(""" "cells": ["a"], "ties": true, "number": 2, "history": { "periods": 12 } """);

        Assert.Empty(Find(quiet, Report.Sparse(quiet, ("a", 999)), tied, peers: null));
        Assert.Empty(Find(strict, Report.Sparse(strict, ("a", 5)), tied, peers: null));
        Assert.Empty(Find(strict, Report.Sparse(strict, ("a", 7)), tied, peers: null));
        var finding = Assert.Single(Find(strict, Report.Sparse(strict, ("a", 8)), tied, peers: null));
        Assert.Equal("8 : 5", finding.Value);
        Assert.Equal("A: 8, the median of its 6 earlier periods is 5, which more than half of them say, please verify", finding.MessageEn);
    }

    [Fact]
    public void Check_WithinTheNumber_IsFineHoweverNarrowTheSample()
    {
        var form = Outliers(""" "cells": ["a"], "number": 11, "history": { "periods": 12 } """);

        Assert.Empty(Find(form, Report.Sparse(form, ("a", 24)), Tens, peers: null));
        Assert.Single(Find(form, Report.Sparse(form, ("a", 25)), Tens, peers: null));
    }

    [Theory]
    [InlineData(""" "cells": ["z", "a", "a"], "peers": {} """, "cell 'z' is unknown", "cell 'a' stands more than once")]
    [InlineData(""" "cells": [], "peers": {} """, "'cells' names no cell")]
    [InlineData(""" "cells": ["a"] """, "neither 'history' nor 'peers' is given, so nothing is compared")]
    [InlineData(""" "cells": ["a"], "peers": {}, "threshold": 0.5 """, "'threshold' is 0.5, not a number from 1.00 to 100.00 with at most 2 decimals")]
    [InlineData(""" "cells": ["a"], "peers": {}, "threshold": 3.555 """, "'threshold' is 3.555, not a number from 1.00 to 100.00 with at most 2 decimals")]
    [InlineData(""" "cells": ["a"], "peers": {}, "treshold": 3 """, "property 'treshold' is unknown")]
    [InlineData(""" "cells": ["a"], "peers": {}, "number": -1 """, "'number' is -1, not a whole number from 0 to 1000000000")]
    public void Load_FaultyOutliers_IsRefusedNamingFilePartAndRule(string outliers, params string[] rules)
    {
        var refused = Assert.Throws<FormDefinitionException>(() => Outliers(outliers));
        Assert.Equal(rules.Select(rule => $"form.json: outliers: {rule}"), refused.Faults.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData(""" "history": { "periods": 4 } """, "outliers, history: 'periods' is 4, not a whole number from 5 to 36")]
    [InlineData(""" "history": { "periods": 8, "least": 9 } """, "outliers, history: 'least' is 9, not a whole number from 5 to 8")]
    [InlineData(""" "peers": { "most": 501 } """, "outliers, peers: 'most' is 501, not a whole number from 5 to 500")]
    [InlineData(""" "peers": { "least": 4 } """, "outliers, peers: 'least' is 4, not a whole number from 5 to 300")]
    public void Load_FaultySample_IsRefusedNamingFilePartAndRule(string sample, string fault)
    {
        var refused = Assert.Throws<FormDefinitionException>(() => Outliers($""" "cells": ["a"], {sample} """));
        Assert.Equal($"form.json: {fault}", Assert.Single(refused.Faults).ToString());
    }

    [Fact]
    public void Load_CheckWithAnOutliersId_IsThePlatformsOwn() => Assert.Equal(
        "form.json: check outlier-peers: a check of this id is the platform's own",
        Assert.Single(Assert.Throws<FormDefinitionException>(() => Report.Compile(
            Report.Definition(Report.Rule("[a] = [b]").Replace("\"r\"", "\"outlier-peers\"", StringComparison.Ordinal)))).Faults).ToString());

    [Fact]
    public void Load_FormThatDeclaresNothing_LooksForNoOutliers() =>
        Assert.All(Report.Catalog.Forms, form => Assert.Equal(
            form.Outliers is not null, form.Checks.Any(check => check.Id.StartsWith("outlier-", StringComparison.Ordinal))));

    private static Form Outliers(string section) => Report.Compile(
        Report.Definition().Replace("\"checks\"", $"\"outliers\": {{ {section} }}, \"checks\"", StringComparison.Ordinal));

    private static Finding[] Find(Form form, Vector figures, long[]? history, long[]? peers)
    {
        return [.. form.Check(new CheckInput(figures, Report.Year2017) { History = Sample(history), Peers = Sample(peers) })];

        OutlierSample? Sample(long[]? values) => values is null
            ? null
            : OutlierSample.Of(form.Outliers!, [.. values.Select(value => Report.Sparse(form, ("a", value), ("m", value)))]);
    }
}
