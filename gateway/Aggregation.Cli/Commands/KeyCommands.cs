using System.CommandLine;
using Aggregation.Cli.Connection;
using Aggregation.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>key create</c>, <c>list</c>, <c>rotate</c> and <c>revoke</c>: a tenant's keys by its administrator's, the platform's by its own.</summary>
internal static class KeyCommands
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("key", "密钥 Keys of a tenant, by its administrator's key; with a platform key, the platform's own.");
        command.Subcommands.Add(BuildCreate(run));
        command.Subcommands.Add(BuildList(run));
        command.Subcommands.Add(BuildRotate(run));
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
        var submit = new Option<string?>("--submit") { Description = "填报 May submit for this unit and everything under it; * for all." };
        var read = new Option<string?>("--read") { Description = "May read this unit and everything under it; * for all." };
        var review = new Option<string?>("--review") { Description = "审核 May review the units under this one; * for all." };
        var unitOnly = new Option<bool>("--unit-only") { Description = "Only the units named, with --review their children only." };
        var administrator = new Option<bool>("--administrator") { Description = "May administer the tenant; reads no figures by that." };
        var user = new Option<string?>("--user") { Description = "Identifier of the user or service whose key it is." };
        var expires = Expiry();
        var tree = Selector.TreeOption();
        var output = OutputOption();
        var command = new Command("create", "Creates a key, shown this once.")
        {
            label, submit, read, review, unitOnly, administrator, user, expires, tree, output,
        };
        run.Bind(command, async session =>
        {
            Subtree? Of(Option<string?> right) => session.Get(right) is { } unit
                ? new Subtree { Tree = session.Get(tree), Unit = unit, UnitOnly = session.Get(unitOnly) }
                : null;
            var request = new CreateKeyRequest
            {
                Label = session.Get(label),
                Submit = Of(submit),
                Read = Of(read),
                Review = Of(review),
                Administrator = session.Get(administrator),
                User = session.Get(user) ?? "",
                ExpiresAt = session.Get(expires),
            };
            var answer = await session.Api.Admin.CreateKeyAsync(request, session.Api.Call());
            await HandOverAsync(session, answer, answer.Text, session.Get(output));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildList(CommandRunner run)
    {
        var command = new Command("list", "Lists the keys with their last use; their texts are not kept.");
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Admin.ListKeysAsync(new ListKeysRequest(), session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
                return ExitCode.Ok;
            }

            var table = new Table().RoundedBorder().AddColumns(
                "key", "用途 label", "用户 user", "权限 rights", "创建 created", "失效 ends", "最近使用 last used");
            foreach (var key in answer.Keys)
            {
                table.AddRow(
                    Markup.Escape(key.KeyId), Markup.Escape(key.Label), Markup.Escape(key.User), Markup.Escape(Rights(key)),
                    Show(key.CreatedAt), Markup.Escape(End(key)), key.LastUsedAt is null ? "never" : Show(key.LastUsedAt));
            }

            session.Terminal.Screen.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildRotate(CommandRunner run)
    {
        var id = new Argument<string>("key") { Description = "The key's identifier, as key list shows it." };
        var overlap = new Option<TimeSpan?>("--overlap")
        {
            Description = "How long the old key goes on, such as 12h or 7d; a day when left out.",
            CustomParser = LengthText.Parse,
        };
        var expires = Expiry();
        var output = OutputOption();
        var command = new Command("rotate", "Makes a key with the same rights and owner in place of one, shown this once.") { id, overlap, expires, output };
        run.Bind(command, async session =>
        {
            var request = new RotateKeyRequest
            {
                KeyId = session.Get(id),
                Overlap = session.Get(overlap) is { } length ? Duration.FromTimeSpan(length) : null,
                ExpiresAt = session.Get(expires),
            };
            var answer = await session.Api.Admin.RotateKeyAsync(request, session.Api.Call());
            await HandOverAsync(session, answer, answer.Text, session.Get(output));
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

    private static Option<Timestamp?> Expiry() => new("--expires")
    {
        Description = "When it expires: an instant such as 2027-01-31 or 2027-01-31T18:00+08:00, or a length from now such as 90d.",
        CustomParser = LengthText.ParseEnd,
    };

    private static string Rights(Key key)
    {
        List<string> rights = [];
        Add("submit", key.Submit);
        Add("read", key.Read);
        Add("review", key.Review);
        if (key.Administrator)
        {
            rights.Add("administrator");
        }

        return string.Join(", ", rights);

        void Add(string right, Subtree? subtree)
        {
            if (subtree is not null)
            {
                var tree = subtree.Tree is "" or Selector.Territory ? "" : $"{subtree.Tree}/";
                rights.Add($"{right} {tree}{subtree.Unit}{(subtree.UnitOnly ? " only" : "")}");
            }
        }
    }

    private static string End(Key key) =>
        key.RevokedAt is not null ? $"revoked {Show(key.RevokedAt)}"
        : key.ExpiresAt is null ? "never"
        : key.ReplacedBy.Length > 0 ? $"{Show(key.ExpiresAt)}, replaced by {key.ReplacedBy}"
        : Show(key.ExpiresAt);

    private static string Show(Timestamp? time) => $"{time?.ToDateTimeOffset():u}";
}
