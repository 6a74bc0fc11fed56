using System.Data.Common;
using Aggregation.Faults.Injection;

namespace Aggregation.Faults.Databases;

/// <summary>A database that servers are run on, and what can be done to it while they run.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Environment variables of a server that shall use it.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>How long such a server waits for a lock.</summary>
    TimeSpan LockTimeout { get; }

    /// <summary>The statement that begins a transaction which reads one instant.</summary>
    string BeginReading { get; }

    /// <summary>What can be done to this database and not to every other.</summary>
    IReadOnlyList<Fault> Faults { get; }

    /// <summary>A connection of the test's own, past whatever stands between the server and the database.</summary>
    Task<DbConnection> OpenAsync();

    /// <summary>Waits for the journal's writers, and keeps them waiting until it is disposed of.</summary>
    Task<IAsyncDisposable> LockAsync();
}
