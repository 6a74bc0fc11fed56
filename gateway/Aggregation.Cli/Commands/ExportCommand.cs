using System.CommandLine;
using Aggregation.Cli.Transfer;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>export</c>: the whole tenant into a file, by the administrator's key.</summary>
internal static class ExportCommand
{
    /// <summary>Behind the name of a file that is not complete yet.</summary>
    internal const string Part = ".part";

    public static Command Build(CommandRunner run)
    {
        var file = new Argument<FileInfo>("file") { Description = "File to write; it must not exist. What is there of it so far is in FILE.part." };
        var command = new Command(
            "export", "导出 Writes everything of the tenant to a file. Interrupted, the same command goes on where it stopped.") { file };
        run.Bind(command, session => RunAsync(session, session.Get(file)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, FileInfo file)
    {
        if (file.Exists)
        {
            throw new CommandFailedException($"{file.FullName} exists; an export never overwrites.");
        }

        file.Directory?.Create();
        var scan = await TransferProgress.RunAsync(
            session.Terminal, session.Json, "导出 exporting", told => ReceiveAsync(session, file, told));
        File.Move(file.FullName + Part, file.FullName);
        if (session.Json)
        {
            session.Terminal.WriteJson(new TransferTrailer { Entries = scan.Entries });
        }
        else
        {
            session.Terminal.Screen.MarkupLineInterpolated(
                $"{scan.Header!.Tenant}: {scan.Entries} entries on {scan.Header.Forms.Count} forms in {file.FullName}, readable by its owner only.");
            session.Terminal.Screen.MarkupLineInterpolated($"SHA-256 of the last chunk: {Convert.ToHexStringLower(scan.Last!.Checksum.Span)}");
        }

        return ExitCode.Ok;
    }

    private static async Task<ExportScan> ReceiveAsync(Session session, FileInfo file, Action<long, long> told)
    {
        using var part = ExportFile.OpenPart(file.FullName + Part);
        var scan = Resume(part);
        if (scan.Header is { } header && !scan.IsComplete)
        {
            session.Terminal.Note($"Goes on after {scan.Entries} of {header.Entries} entries, exported {header.ExportedAt?.ToDateTimeOffset():u}.");
        }

        if (!scan.IsComplete)
        {
            using var call = session.Api.Admin.ExportTenant(
                new ExportTenantRequest { After = scan.Cursor }, session.Api.LongCall(session.Cancellation));
            await foreach (var chunk in call.ResponseStream.ReadAllAsync(session.Cancellation))
            {
                if (scan.Follow(chunk) is { } fault)
                {
                    throw Broken($"Chunk {chunk.Number}: {fault}. Delete {file.Name}{Part} to begin again.");
                }

                ExportFile.Write(part, chunk);
                told(scan.Entries, scan.Header!.Entries);
            }

            ExportFile.Sync(part);
        }

        return scan.IsComplete ? scan : throw Broken("The server ended the export before its end; run the same command again.");
    }

    /// <summary>Follows what an earlier run left, and cuts off what is not whole.</summary>
    private static ExportScan Resume(FileStream part)
    {
        var scan = new ExportScan();
        if (!ExportFile.ReadMagic(part))
        {
            part.SetLength(0);
            ExportFile.WriteMagic(part);
            return scan;
        }

        var sound = part.Position;
        while (ExportFile.Read(part, out _) is { } chunk && scan.Follow(chunk) is null)
        {
            sound = part.Position;
        }

        part.SetLength(sound);
        part.Position = sound;
        return scan;
    }

    private static CommandFailedException Broken(string message) => new(message) { ExitCode = ExitCode.Unavailable };
}
