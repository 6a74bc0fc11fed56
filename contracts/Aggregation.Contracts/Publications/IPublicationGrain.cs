using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Publications;

/// <summary>
/// 发布: the totals of one unit, form and period that were made official, each a numbered snapshot that nothing changes any
/// more; the grain key is the <see cref="LedgerKey"/>. Later corrections show as a restatement of it.
/// </summary>
[Alias("aggregation.IPublicationGrain")]
public interface IPublicationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Snapshots a total as the journal has it now and journals the snapshot under the next number. For the tenant's
    /// administrators and for whoever may submit for the unit. The answer holds no figures: reading takes the right to read.
    /// </summary>
    [Alias("Publish"), ResponseTimeout("00:05:00")]
    Task<PublicationView> Publish(Caller caller, PublishCommand command, CancellationToken cancellation);

    /// <summary>Accepts or returns the completion that a publication reported. For reviewers of a unit above.</summary>
    [Alias("Decide"), ResponseTimeout("00:05:00")]
    Task<PublicationView> Decide(Caller caller, DecideCompletionCommand command, CancellationToken cancellation);

    /// <summary>Every publication, oldest first, without figures. For whoever may read the unit or submit for it, and administrators.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<PublicationView>> List(Caller caller, CancellationToken cancellation);

    /// <summary>One publication with its figures; null: the latest. Takes the right to read the total.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<PublishedTotalView> Get(Caller caller, long? number, CancellationToken cancellation);

    /// <summary>A publication against the same total as it is now. Takes the right to read the total.</summary>
    [Alias("Restate"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<RestatementView> Restate(Caller caller, RestatementQuery query, CancellationToken cancellation);
}
