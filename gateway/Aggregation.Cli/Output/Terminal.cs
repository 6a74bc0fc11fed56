using Google.Protobuf;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>Where answers and errors go: tables for people, JSON lines for programs; errors always to the second stream.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, IAnsiConsole screen, IAnsiConsole errorScreen)
{
    // Wide enough for every table when nobody's window says otherwise.
    private const int WidthOfFiles = 160;

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    /// <summary>Answers, for people.</summary>
    public IAnsiConsole Screen => screen;

    /// <summary>Errors and progress, for people.</summary>
    public IAnsiConsole ErrorScreen => errorScreen;

    /// <summary>Answers as plain lines.</summary>
    public TextWriter Output => output;

    /// <summary>Errors as plain lines.</summary>
    public TextWriter Error => error;

    /// <summary>Someone is looking, so progress and live tables make sense.</summary>
    public bool IsInteractive => screen.Profile.Capabilities.Interactive && screen.Profile.Capabilities.Ansi;

    public static Terminal OfConsole() => Of(Console.Out, Console.Error, Console.IsOutputRedirected, Console.IsErrorRedirected);

    /// <summary>Writes to the given streams, as to files.</summary>
    public static Terminal Of(TextWriter output, TextWriter error) => Of(output, error, true, true);

    /// <summary>One message as one line of protocol JSON.</summary>
    public void WriteJson(IMessage message) => output.WriteLine(Formatter.Format(message));

    /// <summary>One line of errors, as plain text.</summary>
    public void Note(string text) => errorScreen.MarkupLineInterpolated($"[grey]{text}[/]");

    public static string ToJson(IMessage message) => Formatter.Format(message);

    private static Terminal Of(TextWriter output, TextWriter error, bool outputToFile, bool errorToFile) =>
        new(output, error, ScreenOn(output, outputToFile), ScreenOn(error, errorToFile));

    private static IAnsiConsole ScreenOn(TextWriter writer, bool file)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = file ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = file ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (file)
        {
            console.Profile.Width = WidthOfFiles;
        }

        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
