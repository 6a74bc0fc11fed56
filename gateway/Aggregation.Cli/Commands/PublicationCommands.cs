using System.CommandLine;
using Aggregation.Cli.Output;
using Aggregation.V1;

namespace Aggregation.Cli.Commands;

/// <summary><c>publish</c>, <c>publications</c> and <c>restatement</c>: totals made official, and what became of them.</summary>
internal static class PublicationCommands
{
    public static Command BuildPublish(CommandRunner run)
    {
        var digest = new Option<string>("--expected-digest")
        {
            Description = "Publish only the total with this digest, as total shows it.",
            DefaultValueFactory = _ => "",
        };
        var id = new Option<string?>("--request-id") { Description = "The same id again is the same publication. A new one when left out." };
        var command = new Command("publish", "发布 Makes the total at a unit official as it is now, under the next number.");
        var selector = Selector.AddTotalTo(command);
        command.Options.Add(digest);
        command.Options.Add(id);
        run.Bind(command, async session =>
        {
            var request = new PublishRequest
            {
                Total = selector.Total(session),
                RequestId = session.Get(id) ?? Guid.NewGuid().ToString(),
                ExpectedDigest = session.Get(digest) ?? "",
            };
            var publication = await session.Api.Publications.PublishAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(publication);
            }
            else
            {
                PublicationTable.Show(session.Terminal.Screen, [publication]);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    public static Command BuildPublications(CommandRunner run)
    {
        var command = new Command("publications", "发布记录 Lists the publications of a unit, form and period.");
        var selector = Selector.AddLedgerTo(command);
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Publications.ListPublicationsAsync(
                new ListPublicationsRequest
                {
                    Unit = selector.Unit(session), Form = selector.Form(session), Period = selector.Period(session),
                },
                session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                PublicationTable.Show(session.Terminal.Screen, answer.Publications);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    public static Command BuildRestatement(CommandRunner run)
    {
        var number = new Option<long?>("--number") { Description = "Which publication; the latest when left out." };
        var limit = new Option<int>("--limit")
        {
            Description = "How many of the submissions that differ to name, 1 to 10000.",
            DefaultValueFactory = _ => 1000,
        };
        var after = new Option<string>("--after") { Description = "Only those of units after this one.", DefaultValueFactory = _ => "" };
        var command = new Command("restatement", "重述 Compares a publication with the total as it is now, down to the submissions.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(number);
        command.Options.Add(limit);
        command.Options.Add(after);
        run.Bind(command, async session =>
        {
            var request = new GetRestatementRequest
            {
                Unit = selector.Unit(session),
                Form = selector.Form(session),
                Period = selector.Period(session),
                Limit = session.Get(limit),
                AfterUnit = session.Get(after) ?? "",
            };
            if (session.Get(number) is { } wanted)
            {
                request.Number = wanted;
            }

            var restatement = await session.Api.Publications.GetRestatementAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(restatement);
            }
            else
            {
                PublicationTable.Show(session.Terminal.Screen, restatement);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
