using System.CommandLine;
using Aggregation.Cli.Output;
using Aggregation.V1;
using Google.Protobuf;

namespace Aggregation.Cli.Commands;

/// <summary><c>check define</c>, <c>retire</c>, <c>list</c> and <c>try</c>: checks that an office adds to those of the forms.</summary>
internal static class CheckCommands
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("check", "审核公式 Checks of the office's own, beside those of the forms.");
        command.Subcommands.Add(BuildDefine(run));
        command.Subcommands.Add(BuildRetire(run));
        command.Subcommands.Add(BuildList(run));
        command.Subcommands.Add(BuildTry(run));
        return command;
    }

    private static Command BuildDefine(CommandRunner run)
    {
        var (form, id) = (FormArgument(), IdArgument());
        var definition = new DefinitionOptions(isRequired: true);
        var command = new Command("define", "Applies a check to whatever is filed from now on; with an administrator's key.") { form, id };
        definition.AddTo(command);
        run.Bind(command, async session =>
        {
            var request = new DefineCheckRequest { Check = definition.Read(session, session.Get(form), session.Get(id)) };
            var check = await session.Api.Checks.DefineCheckAsync(request, session.Api.Call());
            return Show(session, check, [check]);
        });
        return command;
    }

    private static Command BuildRetire(CommandRunner run)
    {
        var (form, id) = (FormArgument(), IdArgument());
        var command = new Command("retire", "Ends a check; with an administrator's key. Its id is not given to another.") { form, id };
        run.Bind(command, async session =>
        {
            var request = new RetireCheckRequest { Form = session.Get(form), CheckId = session.Get(id) };
            var check = await session.Api.Checks.RetireCheckAsync(request, session.Api.Call());
            return Show(session, check, [check]);
        });
        return command;
    }

    private static Command BuildList(CommandRunner run)
    {
        var form = new Option<string>("--form") { Description = "Only those for this form.", DefaultValueFactory = _ => "" };
        var command = new Command("list", "Lists the office's checks, retired ones too.") { form };
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Checks.ListChecksAsync(new ListChecksRequest { Form = session.Get(form) ?? "" }, session.Api.Call());
            return Show(session, answer, answer.Checks);
        });
        return command;
    }

    private static Command BuildTry(CommandRunner run)
    {
        var id = new Option<string?>("--id") { Description = "A check that the office has defined or retired. Else give --severity, --rule, --zh and --en." };
        var limit = new Option<int>("--limit") { Description = "How many of the units found to name, 1 to 1000.", DefaultValueFactory = _ => 20 };
        var definition = new DefinitionOptions(isRequired: false);
        var command = new Command("try", "试算 What a check finds in what a unit and all below it have filed; changes nothing.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(id);
        definition.AddTo(command);
        command.Options.Add(limit);
        run.Bind(command, async session =>
        {
            var request = new TryCheckRequest
            {
                Unit = selector.Unit(session),
                Form = selector.Form(session),
                Period = selector.Period(session),
                Limit = session.Get(limit),
            };
            if (session.Get(id) is { } known)
            {
                request.CheckId = known;
            }
            else
            {
                request.Definition = definition.Read(session, request.Form, "tried");
            }

            var trial = await session.Api.Checks.TryCheckAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(trial);
            }
            else
            {
                CheckTable.Show(session.Terminal.Screen, trial);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static int Show(Session session, IMessage answer, IEnumerable<OfficeCheck> checks)
    {
        if (session.Json)
        {
            session.Terminal.WriteJson(answer);
        }
        else
        {
            CheckTable.Show(session.Terminal.Screen, checks);
        }

        return ExitCode.Ok;
    }

    private static Argument<string> FormArgument() => new("form") { Description = "Form, such as 2014." };

    private static Argument<string> IdArgument() => new("id") { Description = "Identifier, by which explanations name the check." };

    /// <summary>What a check is, beside its form and id.</summary>
    private sealed class DefinitionOptions(bool isRequired)
    {
        private readonly Option<string> _severity = SeverityOption();
        private readonly Option<string?> _rule = new("--rule") { Description = "Such as \"[3.1] = sum([3.1.1]:[3.1.4])\".", Required = isRequired };
        private readonly Option<string?> _zh = new("--zh") { Description = "What is wrong where it does not hold, in Chinese; {left} and {right} are the sides.", Required = isRequired };
        private readonly Option<string?> _en = new("--en") { Description = "The same in English.", Required = isRequired };

        public void AddTo(Command command)
        {
            command.Options.Add(_severity);
            command.Options.Add(_rule);
            command.Options.Add(_zh);
            command.Options.Add(_en);
        }

        /// <summary>Of a check that is only tried, messages may be left out: they show the two sides then.</summary>
        public CheckDefinition Read(Session session, string form, string id) => new()
        {
            Form = form,
            CheckId = id,
            Severity = session.Get(_severity) == "hard" ? Severity.Hard : Severity.Soft,
            Rule = session.Get(_rule) ?? "",
            MessageZh = session.Get(_zh) ?? "{left} : {right}",
            MessageEn = session.Get(_en) ?? "{left} : {right}",
        };

        private static Option<string> SeverityOption()
        {
            var option = new Option<string>("--severity") { Description = "hard 强制 or soft 核实.", DefaultValueFactory = _ => "soft" };
            option.AcceptOnlyFromAmong("hard", "soft");
            return option;
        }
    }
}
