using System.CommandLine;
using Aggregation.Cli.Commands;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Persons;

/// <summary><c>person</c>: names and contacts of users, and the addresses they called from; all of it can be erased.</summary>
internal static class PersonCommands
{
    public static Command Build(CommandRunner run) => new("person", "个人信息 What is kept of persons beside the journal, by the administrator's key.")
    {
        BuildSet(run), BuildShow(run), BuildErase(run), BuildEraseAddresses(run),
    };

    private static Command BuildSet(CommandRunner run)
    {
        var user = new Argument<string>("user") { Description = "The user's identifier." };
        var name = new Option<string>("--name") { Description = "姓名 Name.", DefaultValueFactory = static _ => "" };
        var email = new Option<string>("--email") { Description = "E-mail address.", DefaultValueFactory = static _ => "" };
        var phone = new Option<string>("--phone") { Description = "Telephone number.", DefaultValueFactory = static _ => "" };
        var command = new Command("set", "Keeps this of a user, in place of what was kept.") { user, name, email, phone };
        run.Bind(command, async session => Show(session, await session.Api.Persons.SetPersonAsync(
            new SetPersonRequest
            {
                User = session.Get(user), Name = session.Get(name), Email = session.Get(email), Phone = session.Get(phone),
            },
            session.Api.Call())));
        return command;
    }

    private static Command BuildShow(CommandRunner run)
    {
        var user = new Argument<string?>("user") { Description = "The user's identifier; left out: whose key it is.", DefaultValueFactory = static _ => null };
        var command = new Command("show", "Shows all that is kept of a user, or, with any key, of oneself.") { user };
        run.Bind(command, async session => Show(session, session.Get(user) is { } other
            ? await session.Api.Persons.GetPersonAsync(new GetPersonRequest { User = other }, session.Api.Call())
            : await session.Api.Persons.GetOwnPersonAsync(new GetOwnPersonRequest(), session.Api.Call())));
        return command;
    }

    private static Command BuildErase(CommandRunner run)
    {
        var user = new Argument<string>("user") { Description = "The user's identifier." };
        var command = new Command("erase", "Erases all that is kept of a user. Trails go on to verify.") { user };
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Persons.ErasePersonAsync(new ErasePersonRequest { User = session.Get(user) }, session.Api.Call());
            return Erased(session, answer, answer.Erased);
        });
        return command;
    }

    private static Command BuildEraseAddresses(CommandRunner run)
    {
        var key = new Argument<string>("key-id") { Description = "The key, such as one that names no user." };
        var command = new Command("erase-addresses", "Erases the addresses that a key was used from.") { key };
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Persons.EraseAddressesAsync(
                new EraseAddressesRequest { KeyId = session.Get(key) }, session.Api.Call());
            return Erased(session, answer, answer.Erased);
        });
        return command;
    }

    private static int Show(Session session, Person person)
    {
        if (session.Json)
        {
            session.Terminal.WriteJson(person);
            return ExitCode.Ok;
        }

        var screen = session.Terminal.Screen;
        screen.MarkupLineInterpolated($"[bold]{person.User}[/] {person.Name} · {person.Email} · {person.Phone}");
        foreach (var seen in person.Addresses)
        {
            screen.MarkupLineInterpolated($"  {seen.Address} · {seen.Actor} · since {seen.FirstSeen?.ToDateTimeOffset():u}");
        }

        return ExitCode.Ok;
    }

    private static int Erased(Session session, Google.Protobuf.IMessage answer, int rows)
    {
        if (session.Json)
        {
            session.Terminal.WriteJson(answer);
        }
        else
        {
            session.Terminal.Screen.MarkupLineInterpolated($"已删除 erased: {rows} rows");
        }

        return ExitCode.Ok;
    }
}
