using Aggregation.Contracts;
using Aggregation.Contracts.Persons;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Gateway.Persons;

/// <summary>
/// Puts names beside the identifiers of an answer that the caller may read, and addresses for administrators. What was erased stays
/// empty.
/// </summary>
internal sealed class ActorNames(IGrainFactory grains)
{
    public async Task AddAsync(Caller caller, IReadOnlyCollection<V1.Submission> submissions)
    {
        var decisions = submissions.SelectMany(static submission => submission.Decisions).ToList();
        var (names, _) = await AskAsync(
            caller, [.. submissions.Select(static submission => submission.Actor), .. decisions.Select(static decision => decision.Actor)], []);
        foreach (var submission in submissions)
        {
            submission.ActorName = names.GetValueOrDefault(submission.Actor, "");
        }

        foreach (var decision in decisions)
        {
            decision.ActorName = names.GetValueOrDefault(decision.Actor, "");
        }
    }

    public async Task AddAsync(Caller caller, IReadOnlyCollection<V1.TrailEntry> entries)
    {
        var (names, addresses) = await AskAsync(
            caller, [.. entries.Select(static read => read.Entry.Actor)], [.. entries.Select(static read => read.Entry.Origin)]);
        foreach (var read in entries)
        {
            read.ActorName = names.GetValueOrDefault(read.Entry.Actor, "");
            read.Address = addresses.GetValueOrDefault(read.Entry.Origin, "");
        }
    }

    public async Task AddAsync(Caller caller, IReadOnlyCollection<V1.User> users)
    {
        var (names, _) = await AskAsync(caller, [.. users.Select(static user => Names.ActorOf(user.User_))], []);
        foreach (var user in users)
        {
            user.Name = names.GetValueOrDefault(Names.ActorOf(user.User_), "");
        }
    }

    private async Task<(Dictionary<string, string> Names, Dictionary<long, string> Addresses)> AskAsync(
        Caller caller, IEnumerable<string> actors, IEnumerable<long> origins)
    {
        var described = await grains.GetGrain<IPersonGrain>(TenantKeys.PersonsOf(caller.Tenant))
            .Describe(caller, [.. actors.Distinct()], [.. origins.Distinct()]);
        return (
            described.Names.ToDictionary(static name => name.Actor, static name => name.Name),
            described.Addresses.ToDictionary(static origin => origin.Origin, static origin => origin.Address));
    }
}
