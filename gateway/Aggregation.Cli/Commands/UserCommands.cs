using System.CommandLine;
using System.Globalization;
using Aggregation.V1;
using Google.Protobuf;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>user list</c>, <c>user disable</c> and <c>user enable</c>, with a key of the tenant's administrator.</summary>
internal static class UserCommands
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("user", "用户 Users and services whose keys and tokens are used, by the administrator's key.");
        command.Subcommands.Add(BuildList(run));
        command.Subcommands.Add(BuildChange(
            run, "disable", "No key and no token of the user is good any more.", "Disabled",
            async (session, user) => await session.Api.Admin.DisableUserAsync(new DisableUserRequest { User = user }, session.Api.Call())));
        command.Subcommands.Add(BuildChange(
            run, "enable", "Keys and tokens of the user that are good otherwise are good again.", "Enabled",
            async (session, user) => await session.Api.Admin.EnableUserAsync(new EnableUserRequest { User = user }, session.Api.Call())));
        return command;
    }

    private static Command BuildList(CommandRunner run)
    {
        var command = new Command("list", "Lists whoever a key names, came with a token, or is disabled.");
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Admin.ListUsersAsync(new ListUsersRequest(), session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
                return ExitCode.Ok;
            }

            var table = new Table().RoundedBorder().AddColumns("用户 user", "姓名 name", "有效密钥 open keys", "最近使用 last used", "停用 disabled");
            foreach (var user in answer.Users)
            {
                table.AddRow(
                    Markup.Escape(user.User_), Markup.Escape(user.Name), user.OpenKeys.ToString(CultureInfo.InvariantCulture),
                    user.LastUsedAt is null ? "never" : $"{user.LastUsedAt.ToDateTimeOffset():u}", $"{user.DisabledAt?.ToDateTimeOffset():u}");
            }

            session.Terminal.Screen.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildChange(
        CommandRunner run, string name, string description, string done, Func<Session, string, Task<IMessage>> change)
    {
        var user = new Argument<string>("user") { Description = "The user's identifier." };
        var command = new Command(name, description) { user };
        run.Bind(command, async session =>
        {
            var answer = await change(session, session.Get(user));
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                session.Terminal.Screen.MarkupLineInterpolated($"{done} {session.Get(user)}.");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
