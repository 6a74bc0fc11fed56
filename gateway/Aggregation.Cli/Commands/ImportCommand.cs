using System.CommandLine;
using Aggregation.Cli.Transfer;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>import</c>: makes a tenant of a file, by a platform key.</summary>
internal static class ImportCommand
{
    public static Command Build(CommandRunner run)
    {
        var file = new Argument<FileInfo>("file") { Description = "What export wrote." };
        var check = new Option<bool>("--check") { Description = "Only check the file; nothing is sent." };
        var command = new Command(
            "import", "导入 Makes a tenant of an exported file, with its keys. Interrupted, the same command goes on where it stopped.") { file, check };
        run.Bind(command, session => RunAsync(session, session.Get(file), session.Get(check)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, FileInfo file, bool checkOnly)
    {
        if (!file.Exists)
        {
            throw new CommandFailedException($"There is no file {file.FullName}.");
        }

        // The whole file first: a damaged one makes no half of a tenant.
        var scan = await TransferProgress.RunAsync(
            session.Terminal, session.Json, "校验 checking", told => Task.Run(() => Check(file, told, session.Cancellation)));
        var header = scan.Header!;
        if (checkOnly)
        {
            session.Terminal.Note($"{header.Tenant}, exported {header.ExportedAt?.ToDateTimeOffset():u}: {scan.Entries} entries, all sound.");
            return ExitCode.Ok;
        }

        var answer = await TransferProgress.RunAsync(
            session.Terminal, session.Json, "导入 importing", told => SendAsync(session, file, header, told));
        if (session.Json)
        {
            session.Terminal.WriteJson(answer);
        }
        else
        {
            session.Terminal.Screen.MarkupLineInterpolated(
                $"{header.Tenant}: {scan.Entries} entries are here, {answer.Written} written now. Its keys open it.");
        }

        return ExitCode.Ok;
    }

    private static ExportScan Check(FileInfo file, Action<long, long> told, CancellationToken cancellation)
    {
        using var stream = file.OpenRead();
        var scan = new ExportScan();
        if (!ExportFile.ReadMagic(stream))
        {
            throw new CommandFailedException($"{file.FullName} is no export.");
        }

        bool damaged;
        while (ExportFile.Read(stream, out damaged) is { } chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            if (scan.Follow(chunk) is { } fault)
            {
                throw new CommandFailedException($"{file.FullName}, chunk {scan.Next}: {fault}.");
            }

            told(stream.Position, stream.Length);
        }

        return scan.IsComplete && !damaged
            ? scan
            : throw new CommandFailedException($"{file.FullName}, chunk {scan.Next}: the file is not whole from there on; export it again.");
    }

    private static async Task<ImportTenantResponse> SendAsync(
        Session session, FileInfo file, TransferHeader header, Action<long, long> told)
    {
        using var stream = file.OpenRead();
        using var call = session.Api.Admin.ImportTenant(session.Api.LongCall(session.Cancellation));
        ExportFile.ReadMagic(stream);
        var answer = new ImportTenantResponse();
        while (!answer.Finished && ExportFile.Read(stream, out _) is { } chunk)
        {
            // One chunk at a time: what is under way is bounded, and each answer says that it is on disk.
            try
            {
                await call.RequestStream.WriteAsync(chunk, session.Cancellation);
            }
            catch (InvalidOperationException)
            {
                // The call is over; the answer says why.
            }

            if (!await call.ResponseStream.MoveNext(session.Cancellation))
            {
                break;
            }

            answer = call.ResponseStream.Current;
            told(answer.Entries, header.Entries);
        }

        await call.RequestStream.CompleteAsync();
        return answer.Finished
            ? answer
            : throw new CommandFailedException("The server ended the import before its end; run the same command again.")
            {
                ExitCode = ExitCode.Unavailable,
            };
    }
}
