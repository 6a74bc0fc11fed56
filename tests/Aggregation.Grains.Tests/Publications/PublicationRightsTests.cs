using System.Reflection;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Publications;

/// <summary>Every method of the grain, called by the wrong tenant, subtree and role, and by each right one.</summary>
public sealed class PublicationRightsTests(ClassSilo silo) : SiloTest(silo)
{
    [Flags]
    private enum Role
    {
        None = 0,
        Administrator = 1,
        Submitter = 2,
        Reader = 4,
        Reviewer = 8,
    }

    private static readonly Dictionary<string, (Role Roles, Func<IPublicationGrain, Caller, Task> Call)> Calls = new()
    {
        [nameof(IPublicationGrain.Publish)] = (Role.Administrator | Role.Submitter, (grain, caller) => grain.Publish(
            caller, new PublishCommand { RequestId = "r" }, default)),
        [nameof(IPublicationGrain.List)] = (
            Role.Administrator | Role.Submitter | Role.Reader | Role.Reviewer, (grain, caller) => grain.List(caller, default)),
        [nameof(IPublicationGrain.Decide)] = (Role.Reviewer, async (grain, caller) =>
        {
            var completion = (await grain.List(TestSilo.Everything(LedgerKey.Parse(grain.GetPrimaryKeyString()).Tenant), default)).Last();
            await grain.Decide(
                caller,
                new DecideCompletionCommand { RequestId = "d", Number = completion.Number, Hash = completion.Hash, Accept = true },
                default);
        }),
        [nameof(IPublicationGrain.Get)] = (Role.Reader | Role.Reviewer, (grain, caller) => grain.Get(caller, null, default)),
        [nameof(IPublicationGrain.Restate)] = (Role.Reader | Role.Reviewer, (grain, caller) => grain.Restate(caller, new RestatementQuery(), default)),
    };

    public static TheoryData<string> EveryMethod => new(typeof(IPublicationGrain)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(method => method.Name));

    [Theory]
    [MemberData(nameof(EveryMethod))]
    public async Task PublicationGrain_WrongTenantSubtreeOrRole_IsRefused(string method)
    {
        var (roles, call) = Calls[method];
        var grain = Silo.Publications(Key(County));
        await grain.Publish(Caller, new PublishCommand { RequestId = "before" }, default);
        await grain.Publish(
            Caller,
            new PublishCommand
            {
                RequestId = "completion", IsCompletion = true, ExpectedDigest = new string('0', 32),
                Query = new TotalQuery { Layer = Layer.Accepted },
            },
            default);
        Task Refused(RefusalKind kind, Caller caller) => RefusedAsync(kind, () => call(grain, caller));
        var none = Caller with { Read = null, Submit = null, IsAdministrator = false };

        await Refused(RefusalKind.NotFound, Caller with { Tenant = "north" });
        await Refused(RefusalKind.NotFound, TestSilo.Platform);
        await Refused(RefusalKind.Forbidden, none);
        foreach (var wrong in new[] { CountyOne, CityOne, Lonely, "999999" })
        {
            var subtree = new Subtree(Names.Territory, wrong);
            await Refused(RefusalKind.Forbidden, none with { Read = subtree, Submit = subtree, Review = subtree });
        }

        var above = new Subtree(Names.Territory, City);
        foreach (var (role, caller) in new[]
        {
            (Role.Administrator, none with { IsAdministrator = true }),
            (Role.Submitter, none with { Submit = above }),
            (Role.Reader, none with { Read = above }),
            (Role.Reviewer, none with { Review = above }),
        })
        {
            if (roles.HasFlag(role))
            {
                await call(grain, caller);
            }
            else
            {
                await Refused(RefusalKind.Forbidden, caller);
            }
        }
    }

    [Fact]
    public async Task Get_PublicationOfATreeThatTheKeyDoesNotRead_IsForbidden()
    {
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand { Tree = Line, Csv = LineUnits });
        var grain = Silo.Publications(Key(CityOne));
        await grain.Publish(Caller, new PublishCommand { RequestId = "a", Query = new TotalQuery { Tree = Line } }, default);
        var territory = Caller with { Read = new Subtree(Names.Territory, CityOne), Submit = null, IsAdministrator = false };
        var line = territory with { Read = new Subtree(Line, CityOne) };

        await RefusedAsync(RefusalKind.Forbidden, () => grain.Get(territory, 1, default));
        await RefusedAsync(RefusalKind.Forbidden, () => grain.Restate(territory, new RestatementQuery(), default));
        Assert.Equal(2, (await grain.Get(line, 1, default)).Total.Coverage.Expected);
    }
}
