using System.Collections.Immutable;
using System.Security.Cryptography;
using Aggregation.Contracts;
using Aggregation.Contracts.Persons;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Personal;
using Google.Protobuf;

namespace Aggregation.Grains.Persons;

/// <summary>
/// What is kept of persons. That something was kept or erased, of whom and by whom, is a decision of the tenant's stream; what it was
/// is not.
/// </summary>
internal sealed class PersonGrain(IPersonalData personal, IJournal journal, TenantCatalog catalog, TimeProvider clock)
    : Grain, IPersonGrain
{
    /// <summary>Origins remembered; beyond it they are looked up again.</summary>
    private const int MostOrigins = 10_000;

    private readonly Dictionary<(string Actor, string Address), long> _origins = [];
    private long _erased;

    private string Tenant => TenantKeys.TenantOfPersons(this.GetPrimaryKeyString());

    public async Task<long> OriginOf(Caller caller, string address)
    {
        if (caller.Tenant != Tenant)
        {
            throw Refuse.NotFound("tenant", Tenant);
        }

        if (_origins.TryGetValue((caller.KeyId, address), out var known))
        {
            return known;
        }

        var erased = _erased;
        var origin = await personal.KeepAsync(
            Tenant, new Origin(NewNumber(), caller.KeyId, caller.User, address, Milliseconds(clock.GetUtcNow())));

        // What was erased while it was looked up must not come back from memory.
        if (erased == _erased)
        {
            if (_origins.Count >= MostOrigins)
            {
                _origins.Clear();
            }

            _origins[(caller.KeyId, address)] = origin.Id;
        }

        return origin.Id;
    }

    public async Task<PersonView> Set(Caller caller, PersonDetails details)
    {
        var state = await AdministerAsync(caller);
        PersonRules.Require(details);
        await DecideAsync(state, EntryKinds.PersonSet, new UserEntry { User = details.User }, caller);
        await personal.SaveAsync(Tenant, new Person(details.User, details.Name, details.Email, details.Phone));
        return await ViewAsync(details.User);
    }

    public Task<PersonView> Get(Caller caller, string user)
    {
        Access.RequireTenant(caller, Tenant);
        if (!caller.IsAdministrator && (user.Length == 0 || caller.User != user))
        {
            throw new RefusedException(RefusalKind.Forbidden, "Only an administrator may read what is kept of others.");
        }

        return ViewAsync(user);
    }

    public async Task<int> Erase(Caller caller, string user)
    {
        var state = await AdministerAsync(caller);
        KeyRules.RequireUser(user);
        return await EraseAsync(
            state, caller, new PersonErasedEntry { User = user }, () => personal.EraseAsync(Tenant, user));
    }

    public async Task<int> EraseAddresses(Caller caller, string keyId)
    {
        var state = await AdministerAsync(caller);
        state.Keys.Find(keyId);
        return await EraseAsync(
            state, caller, new PersonErasedEntry { KeyId = keyId }, () => personal.EraseOriginsAsync(Tenant, keyId));
    }

    public async Task<ActorsView> Describe(Caller caller, ImmutableArray<string> actors, ImmutableArray<long> origins)
    {
        Access.RequireTenant(caller, Tenant);
        var state = await catalog.GetAsync(Tenant);
        var users = actors.Distinct().Select(actor => (Actor: actor, User: UserOf(state, actor)))
            .Where(static actor => actor.User.Length > 0).ToList();
        var names = users.Count == 0 ? [] : await personal.ReadAsync(
            Tenant, [.. users.Select(static actor => actor.User)], CancellationToken.None);
        var byUser = names.Where(static person => person.Name.Length > 0)
            .ToDictionary(static person => person.User, static person => person.Name);
        var shown = caller.IsAdministrator ? origins.Where(static origin => origin != 0).ToList() : [];
        var addresses = shown.Count == 0 ? [] : await personal.ReadOriginsAsync(Tenant, shown, CancellationToken.None);
        return new ActorsView(
            [.. users.Where(actor => byUser.ContainsKey(actor.User)).Select(actor => new ActorName(actor.Actor, byUser[actor.User]))],
            [.. addresses.Select(static origin => new OriginAddress(origin.Id, origin.Address))]);
    }

    /// <summary>Erased first: a decision that is written down but not carried out would be believed.</summary>
    private async Task<int> EraseAsync(TenantState state, Caller caller, PersonErasedEntry entry, Func<Task<int>> erase)
    {
        var rows = await erase();
        _origins.Clear();
        _erased++;
        await DecideAsync(state, EntryKinds.PersonErased, entry, caller);
        return rows;
    }

    private async Task<PersonView> ViewAsync(string user)
    {
        var person = (await personal.ReadAsync(Tenant, [user], CancellationToken.None)).SingleOrDefault();
        var origins = await personal.ReadOriginsAsync(Tenant, user, CancellationToken.None);
        return new PersonView(
            new PersonDetails { User = user, Name = person?.Name ?? "", Email = person?.Email ?? "", Phone = person?.Phone ?? "" },
            [.. origins.Select(static origin => new SeenAddress(origin.Actor, origin.Address, origin.FirstSeen))]);
    }

    private static string UserOf(TenantState state, string actor) =>
        state.Keys.Keys.TryGetValue(actor, out var key) ? key.View.User : Names.UserOf(actor);

    /// <summary>Of the operating system's randomness: from one number nothing follows about another, nor about the address.</summary>
    private static long NewNumber() => Math.Max(1, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue);

    private static DateTimeOffset Milliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private async Task<TenantState> AdministerAsync(Caller caller)
    {
        Access.RequireAdministrator(caller, Tenant);
        return await catalog.RefreshAsync(Tenant);
    }

    private async Task DecideAsync(TenantState state, string kind, IMessage payload, Caller caller) => catalog.Apply(
        state, await journal.AppendAsync(
            Tenant, TenantState.Stream, state.Version, state.Head, kind, payload, caller.KeyId, clock.GetUtcNow(), caller.Origin));
}
