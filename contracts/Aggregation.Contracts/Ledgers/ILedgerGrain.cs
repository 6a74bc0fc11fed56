using System.Collections.Immutable;
using Aggregation.Contracts.Reviews;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// 台账: the ledger of one unit, form and period; the grain key is a <see cref="LedgerKey"/>. Every method decides by the
/// caller's rights and throws <see cref="RefusedException"/> when it refuses. Reads never wait for a write.
/// </summary>
[Alias("aggregation.ILedgerGrain")]
public interface ILedgerGrain : IGrainWithStringKey
{
    /// <summary>Checks, journals and counts a submission. Returns once it is on disk.</summary>
    [Alias("Submit")]
    Task<Receipt> Submit(Caller caller, SubmitCommand command, CancellationToken cancellation);

    /// <summary>Takes the current submission back.</summary>
    [Alias("Withdraw")]
    Task<Receipt> Withdraw(Caller caller, WithdrawCommand command, CancellationToken cancellation);

    /// <summary>Accepts, returns, reopens, locks or signs the unit's report. The receipt's revision is the act's number.</summary>
    [Alias("Review")]
    Task<Receipt> Review(Caller caller, ReviewCommand command, CancellationToken cancellation);

    /// <summary>Where the unit's report stands. For whoever may read it, submit for it or review it.</summary>
    [Alias("GetStanding"), AlwaysInterleave]
    Task<ReportStanding> GetStanding(Caller caller);

    /// <summary>As the other, and whether what was filed last counts and holds this. Request id and expected revision are not looked at.</summary>
    [Alias("GetStandingOf"), AlwaysInterleave]
    Task<ReportStanding> GetStandingOf(Caller caller, SubmitCommand content, CancellationToken cancellation);

    /// <summary>Where the reports of the unit's children stand, in the structure's order, by one query that wakes none of them.</summary>
    [Alias("ListStandings"), AlwaysInterleave]
    Task<ImmutableArray<ReportStanding>> ListStandings(Caller caller, string tree, CancellationToken cancellation);

    /// <summary>Codes of every unit under this one, in the structure's order. For its reviewers and those of the units above.</summary>
    [Alias("ListBelow"), AlwaysInterleave]
    Task<ImmutableArray<string>> ListBelow(Caller caller, string tree);

    /// <summary>What <see cref="Submit"/> would find, hard and soft, without doing anything.</summary>
    [Alias("Validate"), AlwaysInterleave]
    Task<ImmutableArray<CheckFinding>> Validate(Caller caller, SubmitCommand command, CancellationToken cancellation);

    /// <summary>One revision of the unit's own submissions; null: the latest.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<SubmissionView> Get(Caller caller, long? revision, CancellationToken cancellation);

    /// <summary>Every revision, oldest first.</summary>
    [Alias("History"), AlwaysInterleave]
    Task<ImmutableArray<SubmissionView>> History(Caller caller, CancellationToken cancellation);

    /// <summary>Whether the journal holds the revision that a receipt stands for.</summary>
    [Alias("VerifyReceipt"), AlwaysInterleave]
    Task<ReceiptVerification> VerifyReceipt(Caller caller, VerifyReceiptQuery query, CancellationToken cancellation);

    [Alias("GetTotal"), AlwaysInterleave]
    Task<TotalView> GetTotal(Caller caller, TotalQuery query);

    /// <summary>Opens a total into the parts that sum to it, taken in the same turn.</summary>
    [Alias("Children"), AlwaysInterleave]
    Task<ChildrenView> Children(Caller caller, TotalQuery query);

    /// <summary>Completes when the revision is included in the total at an ancestor, with that total's version.</summary>
    [Alias("Await"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<LedgerVersion> Await(Caller caller, AwaitQuery query, CancellationToken cancellation);

    /// <summary>
    /// Tells the observer of every change until its lease ends; renew by subscribing again. Returns the version now.
    /// </summary>
    [Alias("Subscribe"), AlwaysInterleave]
    Task<LedgerVersion> Subscribe(Caller caller, string tree, ILedgerObserver observer);

    [Alias("Unsubscribe"), AlwaysInterleave]
    Task Unsubscribe(string tree, ILedgerObserver observer);
}

/// <summary>Hears that a ledger changed; it then asks for the total when it is ready to, so that changes conflate.</summary>
[Alias("aggregation.ILedgerObserver")]
public interface ILedgerObserver : IGrainObserver
{
    [Alias("Changed")]
    void Changed(LedgerVersion version);

    /// <summary>The unit has left the tree: nothing more is told, and whoever asks now is refused and told who took over.</summary>
    [Alias("Left")]
    void Left();
}
