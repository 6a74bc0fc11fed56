using System.Text.Json;
using System.Text.Json.Nodes;
using Aggregation.Cli.Connection;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>Shows why a command failed: one line, and a table of cell, value and rule where rules were broken.</summary>
internal static class Faults
{
    // Messages are in Chinese and English: escaping every character would make them unreadable.
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Show(Terminal terminal, RpcException fault, Uri server, bool json)
    {
        var refusal = Refusals.Of(fault);
        if (json)
        {
            WriteJson(terminal, Name(fault.StatusCode), fault.Status.Detail, refusal);
        }
        else
        {
            var hint = fault.StatusCode switch
            {
                _ when Refusals.IsUntrusted(fault) => $" The certificate of {server} is not trusted, or it does not take ours: see --ca-file and --client-cert.",
                StatusCode.Unavailable => $" The server at {server} cannot be reached or cannot answer now; sending the same again is safe.",
                StatusCode.Unauthenticated => " Give a valid key by --key-file, --key or AGGREGATION_KEY.",
                StatusCode.DeadlineExceeded => " Not done within --timeout.",
                _ => "",
            };
            Show(terminal, Name(fault.StatusCode), fault.Status.Detail + hint, refusal.Violations);
        }

        return Refusals.ExitCodeOf(fault);
    }

    public static int Show(Terminal terminal, CommandFailedException fault, bool json)
    {
        if (json)
        {
            var refusal = new Refusal { Violations = { fault.Violations } };
            WriteJson(terminal, fault.Name, fault.Message, refusal);
        }
        else
        {
            Show(terminal, fault.Name, fault.Message, fault.Violations);
        }

        return fault.ExitCode;
    }

    public static void Show(Terminal terminal, string code, string message, IReadOnlyCollection<Violation> violations)
    {
        terminal.ErrorScreen.MarkupLineInterpolated($"[red]{code}[/] {message}");
        if (violations.Count > 0)
        {
            terminal.ErrorScreen.Write(Table(violations));
        }
    }

    /// <summary>Broken rules, one a row.</summary>
    public static Table Table(IEnumerable<Violation> violations)
    {
        var table = new Table().RoundedBorder();
        table.AddColumns("单元格 cell", "值 value", "规则 rule", "说明 message");
        foreach (var violation in violations)
        {
            table.AddRow(
                Markup.Escape(violation.Field), Markup.Escape(violation.Value), Markup.Escape(violation.Rule),
                Markup.Escape(Both(violation.MessageZh, violation.MessageEn)));
        }

        return table;
    }

    /// <summary>A status in the protocol's spelling, such as INVALID_ARGUMENT.</summary>
    public static string Name(StatusCode status) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(status.ToString());

    internal static string Both(string zh, string en) => zh.Length == 0 ? en : en.Length == 0 ? zh : $"{zh} / {en}";

    private static void WriteJson(Terminal terminal, string code, string message, Refusal refusal)
    {
        var error = new JsonObject
        {
            ["code"] = code,
            ["message"] = message,
            ["refusal"] = JsonNode.Parse(Terminal.ToJson(refusal)),
        };
        terminal.Error.WriteLine(error.ToJsonString(Json));
    }
}
