using Aggregation.Contracts;
using Aggregation.Contracts.Persons;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Gateway.Persons;

/// <summary>What is kept of persons, by the tenant's administrator; and of himself, by anybody.</summary>
internal sealed class PersonService(IGrainFactory grains) : V1.PersonService.PersonServiceBase
{
    [Requires(Roles.Administrator)]
    public override async Task<V1.Person> SetPerson(V1.SetPersonRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var details = new PersonDetails { User = request.User, Name = request.Name, Email = request.Email, Phone = request.Phone };
        return Person(await Persons(caller).Set(caller, details));
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.Person> GetPerson(V1.GetPersonRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        return Person(await Persons(caller).Get(caller, request.User));
    }

    [Requires(Roles.Member)]
    public override async Task<V1.Person> GetOwnPerson(V1.GetOwnPersonRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        return caller.User.Length == 0
            ? throw new RefusedException(RefusalKind.NotFound, "This key names no user.")
            : Person(await Persons(caller).Get(caller, caller.User));
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.ErasePersonResponse> ErasePerson(V1.ErasePersonRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        return new V1.ErasePersonResponse { Erased = await Persons(caller).Erase(caller, request.User) };
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.EraseAddressesResponse> EraseAddresses(
        V1.EraseAddressesRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        return new V1.EraseAddressesResponse { Erased = await Persons(caller).EraseAddresses(caller, request.KeyId) };
    }

    private static V1.Person Person(PersonView view) => new()
    {
        User = view.Details.User,
        Name = view.Details.Name,
        Email = view.Details.Email,
        Phone = view.Details.Phone,
        Addresses =
        {
            view.Addresses.Select(static seen => new V1.SeenAddress
            {
                Actor = seen.Actor, Address = seen.Address, FirstSeen = Timestamp.FromDateTimeOffset(seen.FirstSeen),
            }),
        },
    };

    private IPersonGrain Persons(Caller caller) => grains.GetGrain<IPersonGrain>(TenantKeys.PersonsOf(caller.Tenant));
}
