using System.CommandLine;
using System.CommandLine.Parsing;
using Aggregation.Domain.Texts;

namespace Aggregation.Cli.Files;

/// <summary>Reads text files in whatever encoding they were saved, or in the one that the command line says, and says which it was.</summary>
/// <param name="asked">Null: told from the bytes of each file.</param>
/// <param name="say">Gets each file that was read, and its encoding.</param>
internal sealed class TextFiles(TextEncoding? asked, Action<FileInfo, TextEncoding> say)
{
    /// <summary><c>--encoding</c>: of every command that reads a text file.</summary>
    public static readonly Option<TextEncoding?> Encoding = new("--encoding")
    {
        Description = "Encoding of text files, utf-8, utf-16 or gb18030 (gbk); told from each file when left out.",
        HelpName = "name",
        CustomParser = Parse,
    };

    /// <summary>For the files that come with the program.</summary>
    public static TextFiles OfSamples { get; } = new(null, static (_, _) => { });

    /// <returns>The text, or null with a fault: no such file, or no text.</returns>
    public async Task<string?> ReadAsync(FileInfo file, FaultList faults, CancellationToken cancellation)
    {
        if (!file.Exists)
        {
            faults.Add(file.Name, file.FullName, "file exists", "文件不存在", $"There is no file {file.FullName}.");
            return null;
        }

        if (TextFile.Read(await File.ReadAllBytesAsync(file.FullName, cancellation), asked, out var fault) is not { } text)
        {
            faults.Add($"{file.Name}: line {fault!.Line}, offset {fault.Offset}", fault.Value, fault.Rule, fault.MessageZh, fault.MessageEn);
            return null;
        }

        say(file, text.Encoding);
        return text.Text;
    }

    /// <summary>The same where there is nothing to go on with.</summary>
    /// <exception cref="CommandFailedException">No such file, or no text.</exception>
    public async Task<string> ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        var faults = new FaultList();
        var text = await ReadAsync(file, faults, cancellation);
        faults.ThrowIfAny($"{file.Name} cannot be read as text.");
        return text!;
    }

    private static TextEncoding? Parse(ArgumentResult result)
    {
        if (EncodingNames.TryRead(result.Tokens[0].Value, out var encoding))
        {
            return encoding;
        }

        result.AddError($"--encoding: '{result.Tokens[0].Value}' is none of {string.Join(", ", EncodingNames.All)}.");
        return null;
    }
}
