using System.CommandLine;
using Aggregation.Cli.Connection;
using Aggregation.V1;
using Google.Protobuf;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>key create</c>, <c>key list</c> and <c>key revoke</c>, with a key of the tenant's administrator.</summary>
internal static class KeyCommands
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("key", "密钥 Keys of a tenant, by its administrator's key.");
        command.Subcommands.Add(BuildCreate(run));
        command.Subcommands.Add(BuildList(run));
        command.Subcommands.Add(BuildRevoke(run));
        return command;
    }

    public static Option<FileInfo?> OutputOption() => new("--out")
    {
        Description = "File to write the key to, readable by its owner only, instead of showing it.",
    };

    /// <summary>Shows a new key, or writes it to a file and shows the rest.</summary>
    public static async Task HandOverAsync(Session session, IMessage answer, string key, FileInfo? file)
    {
        if (file is not null)
        {
            await KeyText.WriteAsync(file, key, session.Cancellation);
            session.Terminal.Note($"The key is in {file.FullName}.");
        }

        if (session.Json && file is null)
        {
            session.Terminal.WriteJson(answer);
        }
        else if (file is null)
        {
            await session.Terminal.Output.WriteLineAsync(key.AsMemory(), session.Cancellation);
            session.Terminal.Note("Shown this once: keep it.");
        }
    }

    private static Command BuildCreate(CommandRunner run)
    {
        var label = new Argument<string>("label") { Description = "What the key is for, 1 to 100 characters." };
        var submit = new Option<string?>("--submit") { Description = "May submit for this unit and everything under it; * for all." };
        var read = new Option<string?>("--read") { Description = "May read this unit and everything under it; * for all." };
        var administrator = new Option<bool>("--administrator") { Description = "May administer the tenant." };
        var tree = Selector.TreeOption();
        var output = OutputOption();
        var command = new Command("create", "Creates a key, shown this once.") { label, submit, read, administrator, tree, output };
        run.Bind(command, async session =>
        {
            var request = new CreateKeyRequest { Label = session.Get(label), Administrator = session.Get(administrator) };
            request.Submit = SubtreeOf(session.Get(submit), session.Get(tree));
            request.Read = SubtreeOf(session.Get(read), session.Get(tree));
            var answer = await session.Api.Admin.CreateKeyAsync(request, session.Api.Call());
            await HandOverAsync(session, answer, answer.Text, session.Get(output));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildList(CommandRunner run)
    {
        var command = new Command("list", "Lists the tenant's keys; their texts are not kept.");
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Admin.ListKeysAsync(new ListKeysRequest(), session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
                return ExitCode.Ok;
            }

            var table = new Table().RoundedBorder().AddColumns("key", "用途 label", "填报 submit", "读 read", "管理 admin", "创建 created", "作废 revoked");
            foreach (var key in answer.Keys)
            {
                table.AddRow(
                    Markup.Escape(key.KeyId), Markup.Escape(key.Label), Markup.Escape(Text(key.Submit)), Markup.Escape(Text(key.Read)),
                    key.Administrator ? "yes" : "", $"{key.CreatedAt?.ToDateTimeOffset():u}", $"{key.RevokedAt?.ToDateTimeOffset():u}");
            }

            session.Terminal.Screen.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildRevoke(CommandRunner run)
    {
        var id = new Argument<string>("key") { Description = "The key's identifier, as key list shows it." };
        var command = new Command("revoke", "Ends a key.") { id };
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Admin.RevokeKeyAsync(new RevokeKeyRequest { KeyId = session.Get(id) }, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                session.Terminal.Screen.MarkupLineInterpolated($"Revoked {session.Get(id)}.");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Subtree? SubtreeOf(string? unit, string? tree) => unit is null ? null : new Subtree { Tree = tree, Unit = unit };

    private static string Text(Subtree? subtree) =>
        subtree is null ? "" : subtree.Tree is "" or Selector.Territory ? subtree.Unit : $"{subtree.Tree}/{subtree.Unit}";
}
