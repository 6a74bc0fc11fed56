using System.Collections.Immutable;
using Aggregation.Contracts.Tenants;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Persons;

/// <summary>
/// What a tenant, or the platform, keeps of persons beside the journal, to be changed and erased; the grain key is
/// <see cref="TenantKeys.PersonsOf"/>. Refuses with <see cref="RefusedException"/>.
/// </summary>
[Alias("aggregation.IPersonGrain")]
public interface IPersonGrain : IGrainWithStringKey
{
    /// <summary>The number that stands for an address from which the caller calls: always the same, until it is erased.</summary>
    /// <param name="address">IP address, as text.</param>
    [Alias("OriginOf"), AlwaysInterleave]
    Task<long> OriginOf(Caller caller, string address);

    /// <summary>Keeps this of a user in place of what was kept. Administrators only.</summary>
    [Alias("Set")]
    Task<PersonView> Set(Caller caller, PersonDetails details);

    /// <summary>Everything kept of a user. Administrators, and the user himself.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<PersonView> Get(Caller caller, string user);

    /// <summary>Erases all that is kept of a user; returns how many rows that were. Administrators only.</summary>
    [Alias("Erase")]
    Task<int> Erase(Caller caller, string user);

    /// <summary>Erases the addresses that a key was used from; returns how many. Administrators only.</summary>
    [Alias("EraseAddresses")]
    Task<int> EraseAddresses(Caller caller, string keyId);

    /// <summary>
    /// Names for the actors of entries that the caller has read, and, for administrators only, addresses for their origins. What is not
    /// known, or erased, is left out.
    /// </summary>
    [Alias("Describe"), AlwaysInterleave]
    Task<ActorsView> Describe(Caller caller, ImmutableArray<string> actors, ImmutableArray<long> origins);
}

/// <summary>What an administrator keeps of a user. Empty: not known.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.PersonDetails")]
public sealed record PersonDetails
{
    [Id(0)] public required string User { get; init; }

    /// <summary>Up to 100 characters.</summary>
    [Id(1)] public string Name { get; init; } = "";

    /// <summary>Up to 254 characters.</summary>
    [Id(2)] public string Email { get; init; } = "";

    /// <summary>Up to 40 characters.</summary>
    [Id(3)] public string Phone { get; init; } = "";
}

/// <summary>Everything kept of a user.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.PersonView")]
public sealed record PersonView([property: Id(0)] PersonDetails Details, [property: Id(1)] ImmutableArray<SeenAddress> Addresses);

/// <summary>An address that a user's calls came from.</summary>
/// <param name="Actor">The key, or the token's user.</param>
[GenerateSerializer, Immutable, Alias("aggregation.SeenAddress")]
public sealed record SeenAddress(
    [property: Id(0)] string Actor, [property: Id(1)] string Address, [property: Id(2)] DateTimeOffset FirstSeen);

/// <summary>Names and addresses for what the journal has identifiers of.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ActorsView")]
public sealed record ActorsView(
    [property: Id(0)] ImmutableArray<ActorName> Names, [property: Id(1)] ImmutableArray<OriginAddress> Addresses);

/// <param name="Actor">As the entry has it.</param>
/// <param name="Name">Of the user whose key or token it is.</param>
[GenerateSerializer, Immutable, Alias("aggregation.ActorName")]
public sealed record ActorName([property: Id(0)] string Actor, [property: Id(1)] string Name);

[GenerateSerializer, Immutable, Alias("aggregation.OriginAddress")]
public sealed record OriginAddress([property: Id(0)] long Origin, [property: Id(1)] string Address);
