using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>Answers with what it was asked for.</summary>
internal sealed class FakePersons : PersonService.PersonServiceBase
{
    public override Task<Person> SetPerson(SetPersonRequest request, ServerCallContext context) => Task.FromResult(
        new Person { User = request.User, Name = request.Name, Email = request.Email, Phone = request.Phone });

    public override Task<Person> GetPerson(GetPersonRequest request, ServerCallContext context) => Task.FromResult(new Person
    {
        User = request.User, Addresses = { new SeenAddress { Actor = "k1", Address = "203.0.113.1" } },
    });

    public override Task<Person> GetOwnPerson(GetOwnPersonRequest request, ServerCallContext context) =>
        Task.FromResult(new Person { User = "oneself" });

    public override Task<ErasePersonResponse> ErasePerson(ErasePersonRequest request, ServerCallContext context) =>
        Task.FromResult(new ErasePersonResponse { Erased = request.User.Length });

    public override Task<EraseAddressesResponse> EraseAddresses(EraseAddressesRequest request, ServerCallContext context) =>
        Task.FromResult(new EraseAddressesResponse { Erased = request.KeyId.Length });
}
