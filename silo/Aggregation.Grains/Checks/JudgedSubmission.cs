using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Tasks;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Checks;

/// <summary>A submission with all that stands against it. Submit refuses by it and Validate tells it, so that the one promises what the other keeps.</summary>
/// <param name="Submission">Read and checked.</param>
/// <param name="Hindrances">What of unit and period keeps anything from being filed, by the request's field.</param>
/// <param name="Refusal">Why the report, as it stands, takes nothing; null: it does.</param>
internal sealed record JudgedSubmission(
    CheckedSubmission Submission, ImmutableArray<(string Field, Finding Finding)> Hindrances, RefusedException? Refusal)
{
    /// <summary>Everything, hard and soft.</summary>
    public ImmutableArray<CheckFinding> Findings =>
    [
        .. Hindrances.Select(each => SubmissionChecks.ToContract(each.Finding)),
        .. Refusal is null ? [] : SubmissionChecks.ToFindings(Refusal),
        .. Submission.Findings,
    ];

    /// <summary>What keeps a unit from filing a report at all, whatever is in it.</summary>
    /// <param name="task">Null where no task was opened.</param>
    public static ImmutableArray<(string Field, Finding Finding)> HindrancesOf(LedgerFrame frame, ReportingTask? task, DateTimeOffset now)
    {
        var hindrances = ImmutableArray.CreateBuilder<(string, Finding)>();
        if (ObligationCheck.Find(task, frame.Key.Unit, now) is { } obligation)
        {
            hindrances.Add((obligation.CheckId == ObligationCheck.NotObliged ? "unit" : "period", obligation));
        }

        if (BeginningCheck.Find(frame.Form, frame.Period, CivilDay.Of(now)) is { } beginning)
        {
            hindrances.Add(("period", beginning));
        }

        return hindrances.ToImmutable();
    }

    /// <exception cref="RefusedException">Something stands against the submission.</exception>
    public void Require()
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        foreach (var (field, finding) in Hindrances)
        {
            violations.Add(new Violation
            {
                Field = field, Value = finding.Value, Rule = finding.CheckId, MessageZh = finding.MessageZh, MessageEn = finding.MessageEn,
            });
        }

        SubmissionChecks.AddUnacceptable(Submission.Findings, violations);
        if (violations.Count > 0)
        {
            throw RequestRules.Broken(violations.ToImmutable());
        }

        if (Refusal is { } refusal)
        {
            throw refusal;
        }
    }
}
