using System.Globalization;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Tests.Forms;

namespace Aggregation.Domain.Tests.Tasks;

public sealed class BeginningCheckTests
{
    [Theory]
    [InlineData("2017", "2016-12-31", false)]
    [InlineData("2017", "2017-01-01", true)]
    [InlineData("2017", "2019-01-01", true)]
    [InlineData("9999", "2026-12-01", false)]
    public void Find_ByTheFirstDayOfThePeriod_LetsFile(string period, string today, bool begun)
    {
        var finding = BeginningCheck.Find(Form(""), Period.Parse(period), DateOnly.Parse(today, CultureInfo.InvariantCulture));

        Assert.Equal(begun, finding is null);
        Assert.True(begun || (finding!.CheckId, finding.Severity, finding.Value) == ("period.begun", Severity.Hard, period));
    }

    [Fact]
    public void Find_FormThatPlansAhead_LetsFile() =>
        Assert.Null(BeginningCheck.Find(Form("\"plansAhead\": true, "), Period.Parse("2042"), new DateOnly(2026, 12, 1)));

    private static Form Form(string more) => FormCatalog.LoadOnly(Report.Source(
        "form.json", Report.Definition().Replace("\"periods\"", more + "\"periods\"", StringComparison.Ordinal))).Forms.Single();
}
