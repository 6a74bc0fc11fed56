using System.Text.Json;
using Aggregation.Cli.Connection;
using Aggregation.Cli.Files;
using Aggregation.Cli.Submitting;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Demo.Year;

/// <summary>What those who report do: many at once, and single units for themselves.</summary>
internal sealed class YearFiling(YearStage stage)
{
    /// <summary>Files for every obliged unit that the step does not leave out, through the key of the office above it.</summary>
    /// <exception cref="CommandFailedException">One was refused.</exception>
    public async Task FileAsync()
    {
        var obliged = (await stage.ObligationsAsync()).ConvertAll(each => each.Unit);
        var step = stage.Step;
        RequireObliged(obliged, step.Except.Concat(step.Nil));
        var offices = obliged.Except(step.Except, StringComparer.Ordinal).GroupBy(stage.Tenant.OfficeAbove).ToList();
        var counts = await stage.EachAsync(offices, async office =>
        {
            var items = office.Select(unit => new SubmissionItem("figures.csv", Bulk(unit), DerivedId: false)).ToList();
            var outcome = await new SubmissionStream(await stage.Keys.FilerAsync(office.Key)).SendAsync(items, _ => { }, stage.Cancellation);
            if (outcome.Errors.Count > 0)
            {
                SubmissionProgress.ShowErrors(stage.Terminal, outcome.Errors, items);
                throw new CommandFailedException($"{outcome.Errors.Count} reports below {office.Key} were refused.") { ExitCode = outcome.ExitCode };
            }

            return outcome.Receipts;
        });
        foreach (var receipt in counts.SelectMany(receipts => receipts))
        {
            stage.Note(receipt);
        }

        stage.Tell("填报 filing", $"{counts.Sum(receipts => receipts.Count):N0} of {obliged.Count:N0} units through {offices.Count} offices' keys; nil returns 零报告: {step.Nil.Count}");
    }

    /// <summary>A unit files for itself.</summary>
    public async Task SubmitAsync()
    {
        var unit = await stage.Keys.UnitAsync(stage.Step.Unit);
        var receipt = await unit.Submissions.SubmitAsync(Single(), unit.Call());
        stage.Note(receipt);
        stage.Tell($"填报 {stage.Step.Unit}", $"files revision {receipt.Revision}: {(Told() is { Length: > 0 } told ? told : "its figures")}");
        foreach (var finding in receipt.Findings)
        {
            stage.Tell($"填报 {stage.Step.Unit}", $"  {finding.MessageZh} {finding.MessageEn} → 情况说明 explained: {finding.Explanation}");
        }
    }

    /// <summary>A unit tries what it may not.</summary>
    /// <exception cref="CommandFailedException">It was taken, or refused for another reason than the script says.</exception>
    public async Task TryAsync()
    {
        var unit = await stage.Keys.UnitAsync(stage.Step.Unit);
        try
        {
            await unit.Submissions.SubmitAsync(Single(), unit.Call());
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.InvalidArgument or StatusCode.FailedPrecondition)
        {
            var all = Refusals.Of(refused).Violations.Select(each => $"{each.Rule} {each.MessageEn}").Prepend(refused.Status.Detail);
            if (!string.Join('\n', all).Contains(stage.Step.Because, StringComparison.Ordinal))
            {
                throw;
            }

            stage.Tell($"填报 {stage.Step.Unit}", $"files {Told()} and is refused 拒收: {refused.Status.Detail}");
            return;
        }

        throw new CommandFailedException($"{stage.Step.Unit} was to be refused ({stage.Step.Because}), and was not.") { ExitCode = ExitCode.Refused };
    }

    private string Told() => string.Join(", ", stage.Step.Cells.Select(cell => $"{cell.Key} = {cell.Value.GetRawText()}")
        .Concat(stage.Step.FiledOn.Length == 0 ? [] : [$"dated {stage.Step.FiledOn}"]));

    private SubmitRequest Bulk(string unit) =>
        stage.Step.Nil.Contains(unit) ? new SubmitRequest(Head(unit)) { NilReturn = true } : Filled(unit, new Dictionary<string, decimal>());

    private SubmitRequest Single()
    {
        var request = Filled(stage.Step.Unit, stage.Step.Cells.ToDictionary(cell => cell.Key, cell => Number(cell.Key, cell.Value), StringComparer.Ordinal));
        request.FiledOn = stage.Step.FiledOn;
        request.Explanations.Add(stage.Step.Explanations.Select(each => new Explanation { CheckId = each.Key, Text = each.Value }));
        return request;
    }

    private static decimal Number(string cell, JsonElement value) => value.TryGetDecimal(out var number)
        ? number
        : throw new CommandFailedException($"script.json gives {value.GetRawText()} for {cell}, which is no number.");

    private SubmitRequest Filled(string unit, IReadOnlyDictionary<string, decimal> given) => new(Head(unit))
    {
        Cells = { stage.Tenant.Figures.Of(stage.Task.Form, stage.Tenant.Unit(unit).Line, stage.Number, given) },
    };

    private SubmitRequest Head(string unit) => new()
    {
        Unit = unit, Form = stage.Task.Form, Period = stage.Task.Period, RequestId = stage.RequestId,
    };

    private static void RequireObliged(List<string> obliged, IEnumerable<string> named)
    {
        if (named.Except(obliged, StringComparer.Ordinal).FirstOrDefault() is { } unit)
        {
            throw new CommandFailedException($"script.json names {unit}, which the task does not oblige.");
        }
    }
}
