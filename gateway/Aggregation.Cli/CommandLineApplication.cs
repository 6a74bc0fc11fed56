using System.CommandLine;
using System.CommandLine.Invocation;
using Aggregation.Cli.Commands;
using Aggregation.Cli.Connection;
using Aggregation.Cli.Output;
using Aggregation.Cli.Persons;
using Aggregation.Cli.Reviewing;
using Aggregation.Cli.Trails;

namespace Aggregation.Cli;

/// <summary>The command line <c>aggregation</c>: a plain client of the public API.</summary>
internal static class CommandLineApplication
{
    private static readonly TimeSpan TimeToCancel = TimeSpan.FromSeconds(5);

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        var result = Root(terminal).Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToCancel,
        };
        var code = await result.InvokeAsync(configuration, cancellation);
        return result.Action is ParseErrorAction ? ExitCode.Usage : code;
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand(
            "政务公开统计汇总 Submits statistical forms, and reads their live totals up the tree. "
            + "Exit codes: 0 done, 1 refused by a rule, 2 usage, 3 server unavailable, 4 not allowed, 5 not found, "
            + "6 timed out, 70 server fault, 130 cancelled.");
        ServerOptions.AddTo(root);
        var run = new CommandRunner(terminal);
        root.Subcommands.Add(TenantCommands.Build(run));
        root.Subcommands.Add(KeyCommands.Build(run));
        root.Subcommands.Add(UserCommands.Build(run));
        root.Subcommands.Add(PersonCommands.Build(run));
        root.Subcommands.Add(UnitCommands.Build(run));
        root.Subcommands.Add(FormCommands.Build(run));
        root.Subcommands.Add(TaskCommands.Build(run));
        root.Subcommands.Add(CalendarCommands.Build(run));
        root.Subcommands.Add(TemplateCommand.Build(run));
        root.Subcommands.Add(CheckCommands.Build(run));
        root.Subcommands.Add(SubmitCommand.Build(run));
        root.Subcommands.Add(ValidateCommand.Build(run));
        root.Subcommands.Add(DraftCommands.Build(run));
        root.Subcommands.Add(WithdrawCommand.Build(run));
        root.Subcommands.Add(SubmissionCommands.BuildGet(run));
        root.Subcommands.Add(SubmissionCommands.BuildHistory(run));
        root.Subcommands.Add(ReceiptCommands.Build(run));
        root.Subcommands.Add(ReviewCommands.Build(run));
        root.Subcommands.Add(TrailCommands.Build(run));
        root.Subcommands.Add(TotalCommand.Build(run));
        root.Subcommands.Add(SeriesCommand.Build(run));
        root.Subcommands.Add(ReportCommand.Build(run));
        root.Subcommands.Add(ChildrenCommand.Build(run));
        root.Subcommands.Add(ExplainCommand.Build(run));
        root.Subcommands.Add(PublicationCommands.BuildPublish(run));
        root.Subcommands.Add(PublicationCommands.BuildPublications(run));
        root.Subcommands.Add(PublicationCommands.BuildRestatement(run));
        root.Subcommands.Add(AwaitCommand.Build(run));
        root.Subcommands.Add(WatchCommand.Build(run));
        root.Subcommands.Add(ExportCommand.Build(run));
        root.Subcommands.Add(ImportCommand.Build(run));
        root.Subcommands.Add(AuditCommand.Build(run));
        root.Subcommands.Add(DemoCommand.Build(run));
        return root;
    }
}
