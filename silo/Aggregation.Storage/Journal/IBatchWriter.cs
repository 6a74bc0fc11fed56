using System.Diagnostics;

namespace Aggregation.Storage.Journal;

/// <summary>
/// What a database does for <see cref="GroupCommit"/>, which calls it from one place at a time. Any method may fail with any
/// exception; after that only <see cref="Close"/> is called until <see cref="Open"/> has succeeded.
/// </summary>
internal interface IBatchWriter : IAsyncDisposable
{
    /// <summary>The database's tag on spans and instruments.</summary>
    KeyValuePair<string, object?> System { get; }

    /// <summary>Whether its methods block instead of waiting, so that they need a thread that is not the pool's.</summary>
    bool Blocks { get; }

    /// <summary>Connects, unless it is connected.</summary>
    ValueTask Open();

    /// <summary>
    /// Does everything in one transaction, and answers each work that was done, or refused within it. When this returns, it is on
    /// disk. What is in the way of one append leaves out that append alone.
    /// </summary>
    /// <returns><see cref="Stopwatch"/>'s timestamp of when the transaction's end began; null where that cannot be told.</returns>
    ValueTask<long?> Write(List<PendingWork> batch);

    /// <summary>
    /// Answers works that <see cref="Write"/> left without an answer: reads what is in their way. A database that finds that
    /// out within the transaction leaves none.
    /// </summary>
    ValueTask Explain(List<PendingWork> refused) =>
        throw new UnreachableException($"{refused.Count} works are written and not answered.");

    /// <summary>
    /// After a transaction that failed: answers the appends that are on disk all the same. It must not read before that
    /// transaction has ended for good, or an entry could appear after its writer was told to send it again.
    /// </summary>
    ValueTask Find(List<PendingWork> batch);

    /// <summary>Disconnects, and so drops what is begun and not committed.</summary>
    ValueTask Close();

    /// <summary>Whether the database objects to what was sent, and would again; anything else is its state, and may pass.</summary>
    bool IsAboutTheContent(Exception fault);

    /// <summary>Logs that nothing was sent.</summary>
    void CannotOpen(int works, Exception fault);

    /// <summary>Logs that a transaction failed, and how many of its works are on disk all the same.</summary>
    void BatchFailed(int works, int found, Exception fault);

    /// <summary>Logs that it cannot be told either what is on disk.</summary>
    void OutcomeUnknown(int works, Exception fault);
}
