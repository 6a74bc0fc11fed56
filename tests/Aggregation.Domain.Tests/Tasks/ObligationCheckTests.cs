using System.Collections.Immutable;
using Aggregation.Domain.Tasks;

namespace Aggregation.Domain.Tests.Tasks;

public sealed class ObligationCheckTests
{
    private static readonly ReportingTask Task = new()
    {
        Form = "2014",
        Period = "2017",
        Rules = new TaskRules(),
        OpensOn = new DateOnly(2018, 1, 2),
        Units = ObligedUnits.Empty.With([new DeadlineGroup(new DateOnly(2018, 1, 26), ImmutableArray.Create("a"))]),
        StructureVersion = 1,
        OpenedAt = DateTimeOffset.UnixEpoch,
        OpenedBy = "k",
    };

    /// <summary>Midnight in China, when the day begins on which may be filed.</summary>
    private static readonly DateTimeOffset Opening = new(2018, 1, 1, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Find_NoTask_LetsEveryUnitFile() => Assert.Null(ObligationCheck.Find(null, "a", DateTimeOffset.MinValue));

    [Fact]
    public void Find_OnTheListFromItsFirstDayOn_LetsFile()
    {
        Assert.Null(ObligationCheck.Find(Task, "a", Opening));
        Assert.Equal(ObligationCheck.NotOpen, ObligationCheck.Find(Task, "a", Opening.AddMilliseconds(-1))!.CheckId);
    }

    [Fact]
    public void Find_NotOnTheList_NamesUnitAndTask()
    {
        var finding = ObligationCheck.Find(Task, "b", Opening)!;
        Assert.Equal((ObligationCheck.NotObliged, "b", "is not obliged by the task for form 2014 and 2017"), (finding.CheckId, finding.Value, finding.MessageEn));
    }
}
