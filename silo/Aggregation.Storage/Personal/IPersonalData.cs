using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Personal;

/// <summary>
/// What is known of persons beside the journal, in tables whose rows are changed and erased: the journal names persons by
/// identifiers only, and its chain holds whatever is erased here. Everything is of one tenant. Every method may be repeated.
/// </summary>
/// <remarks>Any method fails with <see cref="JournalUnavailableException"/> when the database cannot answer.</remarks>
public interface IPersonalData
{
    /// <summary>Keeps this of a user in place of what was kept.</summary>
    Task SaveAsync(string tenant, Person person);

    /// <summary>What is kept of these users; those of whom nothing is are left out.</summary>
    Task<IReadOnlyList<Person>> ReadAsync(string tenant, IReadOnlyCollection<string> users, CancellationToken cancellation);

    /// <summary>Keeps an origin, unless one of the same actor and address is kept already.</summary>
    /// <returns>The one that is kept.</returns>
    Task<Origin> KeepAsync(string tenant, Origin origin);

    /// <summary>The origins that have these numbers; those erased are left out.</summary>
    Task<IReadOnlyList<Origin>> ReadOriginsAsync(string tenant, IReadOnlyCollection<long> ids, CancellationToken cancellation);

    /// <summary>Every origin of a user, in the order first seen.</summary>
    Task<IReadOnlyList<Origin>> ReadOriginsAsync(string tenant, string user, CancellationToken cancellation);

    /// <summary>Erases all that is kept of a user.</summary>
    /// <returns>Rows erased.</returns>
    Task<int> EraseAsync(string tenant, string user);

    /// <summary>Erases the origins of one key.</summary>
    /// <returns>Rows erased.</returns>
    Task<int> EraseOriginsAsync(string tenant, string actor);
}

/// <param name="User">The identifier that keys, tokens and the journal have.</param>
/// <param name="Name">Name; empty where not known, as the others.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Phone">Telephone number.</param>
public sealed record Person(string User, string Name, string Email, string Phone);

/// <summary>An address that somebody's calls came from.</summary>
/// <param name="Id">What entries have in its place; random, so that it tells nothing once this is erased. Not 0.</param>
/// <param name="Actor">The key, or the token's user.</param>
/// <param name="User">Whose key it is; empty where it names nobody.</param>
/// <param name="Address">IP address.</param>
/// <param name="FirstSeen">In milliseconds.</param>
public sealed record Origin(long Id, string Actor, string User, string Address, DateTimeOffset FirstSeen);
