using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Persons;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Numbers addresses in the order seen, and knows the names it was told.</summary>
internal sealed class FakePersons : IPersonGrain
{
    private readonly List<string> addresses = [];

    public Dictionary<string, string> Names { get; } = [];

    /// <summary>Each address once, in the order of their numbers, which begin at 1.</summary>
    public IReadOnlyList<string> Addresses
    {
        get
        {
            lock (addresses)
            {
                return [.. addresses];
            }
        }
    }

    public Task<long> OriginOf(Caller caller, string address)
    {
        lock (addresses)
        {
            if (!addresses.Contains(address))
            {
                addresses.Add(address);
            }

            return Task.FromResult(addresses.IndexOf(address) + 1L);
        }
    }

    public Task<PersonView> Set(Caller caller, PersonDetails details) => Task.FromResult(new PersonView(details, []));

    public Task<PersonView> Get(Caller caller, string user) => Task.FromResult(new PersonView(new PersonDetails { User = user }, []));

    public Task<int> Erase(Caller caller, string user) => Task.FromResult(0);

    public Task<int> EraseAddresses(Caller caller, string keyId) => Task.FromResult(0);

    public Task<ActorsView> Describe(Caller caller, ImmutableArray<string> actors, ImmutableArray<long> origins) => Task.FromResult(
        new ActorsView([.. actors.Where(Names.ContainsKey).Select(actor => new ActorName(actor, Names[actor]))], []));
}
