using System.CommandLine;
using Aggregation.V1;

namespace Aggregation.Cli.Commands;

/// <summary>Arguments that name a submission or a total: unit, form and period, and which sum.</summary>
internal sealed class Selector
{
    private readonly Argument<string> _unit = new("unit") { Description = "Unit code, such as 360300." };
    private readonly Argument<string> _form = new("form") { Description = "Form, such as 2014." };
    private readonly Argument<string> _period = new("period") { Description = "Period, such as 2017, 2017Q3 or 2017-11." };
    private readonly Option<string> _scope = ScopeOption();
    private readonly Option<string> _layer = LayerOption();

    public static Option<string> ScopeOption() =>
        Choice("--scope", "Which sum 口径: own, level or region.", "region", "own", "level", "region");

    public static Option<string> LayerOption() =>
        Choice("--layer", "Which revisions count: submitted or accepted.", "submitted", "submitted", "accepted");

    public static Scope ScopeOf(string? word) => word switch { "own" => Scope.Own, "level" => Scope.Level, _ => Scope.Region };

    public static Layer LayerOf(string? word) => word == "accepted" ? Layer.Accepted : Layer.Submitted;

    /// <summary>--tree, which other commands take too.</summary>
    public static Option<string> TreeOption() => new("--tree")
    {
        Description = "territory, or the name of a line 条.",
        DefaultValueFactory = _ => Territory,
    };

    public const string Territory = "territory";

    private readonly Option<string> _tree = TreeOption();

    /// <summary>--as-of, which other commands take too.</summary>
    public static Option<AsOf?> AsOfOption() => new("--as-of")
    {
        Description = "As it stood then: an instant, such as 2017-04-08T17:30+08:00 (UTC where no offset is given), or a position of the journal, such as position:1200.",
        CustomParser = PointText.Parse,
    };

    private readonly Option<AsOf?> _asOf = AsOfOption();

    public static Selector AddLedgerTo(Command command)
    {
        var selector = new Selector();
        command.Arguments.Add(selector._unit);
        command.Arguments.Add(selector._form);
        command.Arguments.Add(selector._period);
        return selector;
    }

    public static Selector AddTotalTo(Command command)
    {
        var selector = AddLedgerTo(command);
        command.Options.Add(selector._scope);
        command.Options.Add(selector._layer);
        command.Options.Add(selector._tree);
        return selector;
    }

    /// <summary>For commands that also show totals of the past.</summary>
    public static Selector AddAnyTotalTo(Command command)
    {
        var selector = AddTotalTo(command);
        command.Options.Add(selector._asOf);
        return selector;
    }

    public string Unit(Session session) => session.Get(_unit);

    public string Form(Session session) => session.Get(_form);

    public string Period(Session session) => session.Get(_period);

    public TotalSelector Total(Session session) => new()
    {
        Unit = Unit(session),
        Form = Form(session),
        Period = Period(session),
        Scope = ScopeOf(session.Get(_scope)),
        Layer = LayerOf(session.Get(_layer)),
        Tree = session.Get(_tree),
        AsOf = session.Get(_asOf),
    };

    private static Option<string> Choice(string name, string description, string standard, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
