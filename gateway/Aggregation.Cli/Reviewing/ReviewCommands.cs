using System.CommandLine;
using Aggregation.Cli.Commands;
using Aggregation.Cli.Output;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Reviewing;

/// <summary><c>review</c>: what an office does with the reports below it, and how it reports its own part done.</summary>
internal static class ReviewCommands
{
    private const int ItemsAtOnce = 500;

    public static Command Build(CommandRunner run) => new(
        "review", "审核 Accepts, returns, reopens, locks and signs reports, and reports an office's completion.")
    {
        BuildList(run),
        BuildAct(run, "accept", "审核通过 Accepts the revision with this hash.", "--comment", isBound: true, (api, request, call) => api.AcceptAsync(request, call)),
        BuildAcceptAll(run),
        BuildAct(run, "return", "退回 Returns the revision with this hash; it counts no more.", "--reason", isBound: true, (api, request, call) => api.ReturnAsync(request, call)),
        BuildAct(run, "reopen", "重新开放 Takes acceptance and lock back.", "--reason", isBound: false, (api, request, call) => api.ReopenAsync(request, call)),
        BuildAct(run, "lock", "锁定 Nothing is filed any more until it is reopened.", "--comment", isBound: false, (api, request, call) => api.LockAsync(request, call)),
        BuildLockBelow(run),
        BuildAct(run, "sign", "签署 The head of the unit stands for the revision with this hash.", "--statement", isBound: true, (api, request, call) => api.SignAsync(request, call)),
        CompletionCommands.BuildReport(run),
        CompletionCommands.BuildDecide(run),
    };

    public static Option<string?> RequestIdOption() => new("--request-id") { Description = "The same id again is the same act. A new one when left out." };

    public static string NewId(Session session, Option<string?> id) => session.Get(id) ?? Guid.NewGuid().ToString();

    private static Command BuildList(CommandRunner run)
    {
        var tree = Selector.TreeOption();
        var command = new Command("list", "待审清单 Shows where the reports directly below an office stand, and the hashes that acts are bound to.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(tree);
        run.Bind(command, async session =>
        {
            var answer = await ListAsync(session, selector, session.Get(tree));
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                ReviewTable.Show(session.Terminal.Screen, answer.Standings);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildAct(
        CommandRunner run, string name, string description, string textOption, bool isBound,
        Func<ReviewService.ReviewServiceClient, ReviewRequest, CallOptions, AsyncUnaryCall<Receipt>> call)
    {
        var text = new Option<string?>(textOption) { Description = "Up to 2000 characters.", Required = textOption == "--reason" };
        var hash = new Option<string>("--hash") { Description = "Of what was looked at, as list shows it: 12 digits or more.", Required = true };
        var cells = new Option<string[]>("--cell") { Description = "What is wrong with one cell, as CODE=TEXT. May be repeated.", DefaultValueFactory = _ => [] };
        var id = RequestIdOption();
        var command = new Command(name, description);
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(text);
        command.Options.Add(id);
        if (isBound)
        {
            command.Options.Add(hash);
        }

        if (name == "return")
        {
            command.Options.Add(cells);
        }

        run.Bind(command, async session =>
        {
            var request = new ReviewRequest
            {
                Unit = selector.Unit(session),
                Form = selector.Form(session),
                Period = selector.Period(session),
                RequestId = NewId(session, id),
                Text = session.Get(text) ?? "",
            };
            if (name == "return")
            {
                request.Cells.AddRange((session.Get(cells) ?? []).Select(Remark));
            }

            if (isBound)
            {
                var seen = await SeenAsync(session, request, session.Get(hash));
                request.Revision = seen.Revision;
                request.Hash = seen.Hash;
            }

            var receipt = await call(session.Api.Reviews, request, session.Api.Call());
            Show(session, receipt);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildAcceptAll(CommandRunner run)
    {
        var tree = Selector.TreeOption();
        var signed = new Option<bool>("--signed-only") { Description = "Leave out what the head of its unit has not signed." };
        var id = RequestIdOption();
        var command = new Command("accept-all", "批量审核 Accepts every report directly below an office that waits, as it stands now; says what was skipped and why.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(tree);
        command.Options.Add(signed);
        command.Options.Add(id);
        run.Bind(command, async session =>
        {
            var list = await ListAsync(session, selector, session.Get(tree));
            var waiting = list.Standings
                .Where(standing => standing.State == ReportState.Submitted && (standing.Signed || !session.Get(signed))).ToList();
            var answer = new AcceptManyResponse();
            foreach (var chunk in waiting.Chunk(ItemsAtOnce))
            {
                var request = new AcceptManyRequest
                {
                    Form = selector.Form(session),
                    Period = selector.Period(session),
                    RequestId = NewId(session, id),
                    Items =
                    {
                        chunk.Select(standing => new AcceptItem
                        {
                            Unit = standing.Unit, Revision = standing.Revision, Hash = standing.Hash,
                        }),
                    },
                };
                var part = await session.Api.Reviews.AcceptManyAsync(request, session.Api.Call());
                answer.Outcomes.AddRange(part.Outcomes);
                answer.Accepted += part.Accepted;
                answer.Skipped += part.Skipped;
            }

            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                ReviewTable.Show(session.Terminal.Screen, "审核通过 accepted", answer.Accepted, answer.Outcomes);
            }

            return answer.Skipped == 0 ? ExitCode.Ok : ExitCode.Refused;
        });
        return command;
    }

    private static Command BuildLockBelow(CommandRunner run)
    {
        var tree = Selector.TreeOption();
        var comment = new Option<string>("--comment") { Description = "Up to 2000 characters.", DefaultValueFactory = _ => "" };
        var id = RequestIdOption();
        var command = new Command("lock-below", "全部锁定 Locks every report under an office; says what was skipped and why.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(tree);
        command.Options.Add(comment);
        command.Options.Add(id);
        run.Bind(command, async session =>
        {
            var request = new LockBelowRequest
            {
                Unit = selector.Unit(session),
                Form = selector.Form(session),
                Period = selector.Period(session),
                Tree = session.Get(tree),
                RequestId = NewId(session, id),
                Text = session.Get(comment) ?? "",
            };
            var answer = await session.Api.Reviews.LockBelowAsync(request, session.Api.LongCall(session.Cancellation));
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                ReviewTable.Show(session.Terminal.Screen, "已锁定 locked", answer.Locked, answer.Skipped);
            }

            return answer.Skipped.Count == 0 ? ExitCode.Ok : ExitCode.Refused;
        });
        return command;
    }

    private static async Task<ListStandingsResponse> ListAsync(Session session, Selector selector, string? tree) =>
        await session.Api.Reviews.ListStandingsAsync(
            new ListStandingsRequest
            {
                Unit = selector.Unit(session), Form = selector.Form(session), Period = selector.Period(session), Tree = tree ?? "",
            },
            session.Api.Call());

    /// <summary>The report, if it is still the one that the user has seen.</summary>
    private static async Task<Standing> SeenAsync(Session session, ReviewRequest request, string? hash)
    {
        const int LeastDigits = 12;
        if (hash is not { Length: >= LeastDigits })
        {
            throw new CommandFailedException($"--hash has at least {LeastDigits} digits, as list shows them.");
        }

        var standing = await session.Api.Reviews.GetStandingAsync(
            new GetStandingRequest { Unit = request.Unit, Form = request.Form, Period = request.Period }, session.Api.Call());
        return standing.Hash.StartsWith(hash, StringComparison.OrdinalIgnoreCase)
            ? standing
            : throw new CommandFailedException(standing.Hash.Length == 0
                ? $"{request.Unit} has filed nothing."
                : $"{request.Unit} stands at revision {standing.Revision} with hash {standing.Hash}, not {hash}; look at it first.")
            {
                ExitCode = ExitCode.Refused,
            };
    }

    private static CellRemark Remark(string text)
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        return split > 0
            ? new CellRemark { Cell = text[..split], Text = text[(split + 1)..] }
            : throw new CommandFailedException($"--cell '{text}': is written CODE=TEXT.");
    }

    private static void Show(Session session, Receipt receipt)
    {
        if (session.Json)
        {
            session.Terminal.WriteJson(receipt);
        }
        else
        {
            ReceiptTable.Show(session.Terminal.Screen, [receipt]);
        }
    }
}
