using Aggregation.V1;

namespace Aggregation.Cli.Demo.Year;

/// <summary>What offices decide on the reports directly below them, each with its reviewer's key.</summary>
internal sealed class YearReviewing(YearStage stage)
{
    public async Task ExtendAsync()
    {
        var unit = stage.Step.Unit;
        var reviewer = await stage.Keys.ReviewerAsync(stage.Tenant.OfficeAbove(unit));
        await reviewer.Tasks.GrantExtensionAsync(
            new GrantExtensionRequest
            {
                Form = stage.Task.Form, Period = stage.Task.Period, Unit = unit, Deadline = stage.DayFromToday(stage.Step.Days), Reason = stage.Step.Reason,
            },
            reviewer.Call());
        stage.Tell(Reviewer(unit), $"extends the last day of {unit} by {stage.Step.Days} days from today: {stage.Step.Reason}");
    }

    /// <summary>The head of one unit, or of each whose report waits, stands for what it filed last.</summary>
    public async Task SignAsync()
    {
        if (stage.Step.Unit.Length > 0)
        {
            stage.Note(await SignAsync(stage.Step.Unit));
            stage.Tell($"负责人 {stage.Step.Unit}", $"signs what the unit filed 签署: {stage.Step.Text}");
            return;
        }

        var waiting = (await stage.ObligationsAsync()).Where(each => each.State == FilingState.Submitted).Select(each => each.Unit).ToList();
        foreach (var receipt in await stage.EachAsync(waiting, SignAsync))
        {
            stage.Note(receipt);
        }

        stage.Tell("负责人 heads", $"of {waiting.Count:N0} units sign what these filed 签署");
    }

    public async Task ReturnAsync()
    {
        var unit = stage.Step.Unit;
        var office = stage.Tenant.OfficeAbove(unit);
        var reviewer = await stage.Keys.ReviewerAsync(office);
        var standing = (await StandingsAsync(office)).Single(each => each.Unit == unit);
        var request = Request(stage.Step.Reason);
        (request.Revision, request.Hash) = (standing.Revision, standing.Hash);
        request.Cells.Add(stage.Step.Remarks.Select(remark => new CellRemark { Cell = remark.Key, Text = remark.Value }));
        stage.Note(await reviewer.Reviews.ReturnAsync(request, reviewer.Call()));
        var remarks = string.Join("；", stage.Step.Remarks.Select(remark => $"[{remark.Key}] {remark.Value}"));
        stage.Tell(Reviewer(unit), $"returns {unit} 退回: {stage.Step.Reason} {remarks}");
    }

    /// <summary>Every office accepts whatever waits directly below it.</summary>
    /// <exception cref="CommandFailedException">A report that waited was not accepted.</exception>
    public async Task AcceptAsync()
    {
        var offices = stage.Tenant.Offices.Select(office => office.Code).ToList();
        var answers = await stage.EachAsync(offices, async office =>
        {
            var waiting = (await StandingsAsync(office)).Where(standing => standing.State == ReportState.Submitted)
                .Select(standing => new AcceptItem { Unit = standing.Unit, Revision = standing.Revision, Hash = standing.Hash }).ToList();
            if (waiting.Count == 0)
            {
                return new AcceptManyResponse();
            }

            var reviewer = await stage.Keys.ReviewerAsync(office);
            return await reviewer.Reviews.AcceptManyAsync(
                new AcceptManyRequest { Form = stage.Task.Form, Period = stage.Task.Period, RequestId = stage.RequestId, Items = { waiting } }, reviewer.Call());
        });
        foreach (var outcome in answers.SelectMany(answer => answer.Outcomes))
        {
            stage.Note(outcome.Receipt ?? throw new CommandFailedException($"{outcome.Unit} was not accepted: {outcome.Error.Message}") { ExitCode = ExitCode.Refused });
        }

        stage.Tell("审核 review", $"accepted 审核通过: {answers.Sum(answer => answer.Accepted):N0}; offices that decided: {answers.Count(answer => answer.Accepted > 0)}");
    }

    /// <summary>Ends editing: of one report, or at the root of every one below it.</summary>
    public async Task LockAsync()
    {
        var unit = stage.Step.Unit;
        if (unit != stage.Tenant.Root)
        {
            var above = await stage.Keys.ReviewerAsync(stage.Tenant.OfficeAbove(unit));
            stage.Note(await above.Reviews.LockAsync(Request(""), above.Call()));
            stage.Tell(Reviewer(unit), $"locks {unit} 锁定");
            return;
        }

        var reviewer = await stage.Keys.ReviewerAsync(unit);
        var answer = await reviewer.Reviews.LockBelowAsync(
            new LockBelowRequest { Unit = unit, Form = stage.Task.Form, Period = stage.Task.Period, RequestId = stage.RequestId }, reviewer.Call());
        if (answer.Skipped.Count > 0)
        {
            throw new CommandFailedException($"{answer.Skipped[0].Unit} was not locked: {answer.Skipped[0].Error.Message}") { ExitCode = ExitCode.Refused };
        }

        stage.Tell($"审核 {unit}", $"locks all {answer.Locked:N0} reports below it 锁定");
    }

    public async Task ReopenAsync()
    {
        var unit = stage.Step.Unit;
        var reviewer = await stage.Keys.ReviewerAsync(stage.Tenant.OfficeAbove(unit));
        stage.Note(await reviewer.Reviews.ReopenAsync(Request(stage.Step.Reason), reviewer.Call()));
        stage.Tell(Reviewer(unit), $"reopens {unit} 重新开放: {stage.Step.Reason}");
    }

    private async Task<Receipt> SignAsync(string code)
    {
        var unit = await stage.Keys.UnitAsync(code);
        var standing = await unit.Reviews.GetStandingAsync(
            new GetStandingRequest { Unit = code, Form = stage.Task.Form, Period = stage.Task.Period }, unit.Call());
        var request = Request(stage.Step.Text);
        (request.Unit, request.Revision, request.Hash) = (code, standing.Revision, standing.Hash);
        return await unit.Reviews.SignAsync(request, unit.Call());
    }

    private string Reviewer(string unit) => $"审核 {stage.Tenant.OfficeAbove(unit)}";

    private async Task<IReadOnlyList<Standing>> StandingsAsync(string office)
    {
        var reviewer = await stage.Keys.ReviewerAsync(office);
        var answer = await reviewer.Reviews.ListStandingsAsync(
            new ListStandingsRequest { Unit = office, Form = stage.Task.Form, Period = stage.Task.Period }, reviewer.Call());
        return answer.Standings;
    }

    private ReviewRequest Request(string text) => new()
    {
        Unit = stage.Step.Unit, Form = stage.Task.Form, Period = stage.Task.Period, RequestId = stage.RequestId, Text = text,
    };
}
