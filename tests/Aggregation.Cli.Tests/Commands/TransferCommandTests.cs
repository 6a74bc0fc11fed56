using Aggregation.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

public sealed class TransferCommandTests : CommandTest
{
    private static readonly List<TransferChunk> Chunks = Export(entries: 4);

    private string Target => Path.Combine(Folder.FullName, "south.export");

    [Fact]
    public async Task Export_Whole_WritesAFileForItsOwnerOnlyThatImportTakes()
    {
        Server.Answers.Export = _ => Chunks;
        Assert.Equal(ExitCode.Ok, await RunAsync("export", Target));

        Assert.False(File.Exists(Target + ".part"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        }

        Assert.Equal(ExitCode.Ok, await RunAsync("import", Target));
        Assert.Equal(Chunks, Server.Answers.Imported);
        Assert.Contains("south: 4 entries are here", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_FileThatExists_IsNeverOverwritten()
    {
        Write("south.export", "mine");
        Assert.Equal(ExitCode.Usage, await RunAsync("export", Target));
        Assert.Equal("mine", await File.ReadAllTextAsync(Target));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 17)]
    [InlineData(5, 0)]
    public async Task Export_Interrupted_GoesOnBehindTheLastWholeChunk(int received, int torn)
    {
        Server.Answers.Export = _ => Chunks.Take(received);
        Assert.Equal(ExitCode.Unavailable, await RunAsync("export", Target));
        Assert.False(File.Exists(Target));
        await using (var part = new FileStream(Target + ".part", FileMode.Append))
        {
            // What the disk had of the next chunk when the power went.
            part.Write(new byte[] { 200, 1 }.Concat(new byte[torn]).Take(torn).ToArray());
        }

        ExportCursor? asked = null;
        Server.Answers.Export = request =>
        {
            asked = request.After;
            return Chunks.Skip(received);
        };
        Assert.Equal(ExitCode.Ok, await RunAsync("export", Target));

        Assert.Equal((received - 1L, Math.Max(0, received - 1L)), (asked!.Number, asked.Entries));
        Assert.Equal(Chunks[received - 1].Checksum, asked.Checksum);
        Assert.Equal(ExitCode.Ok, await RunAsync("import", Target, "--check"));
    }

    [Fact]
    public async Task Export_ServerSendsAnotherChunk_IsNotTaken()
    {
        Server.Answers.Export = _ => Chunks.Where(chunk => chunk.Number != 2);
        Assert.Equal(ExitCode.Unavailable, await RunAsync("export", Target));
        Assert.Contains("Chunk 3: its checksum does not hold", Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AnyByteChanged_SendsNothing()
    {
        Server.Answers.Export = _ => Chunks;
        Assert.Equal(ExitCode.Ok, await RunAsync("export", Target));
        var bytes = await File.ReadAllBytesAsync(Target);
        for (var place = 0; place < bytes.Length; place += 7)
        {
            var changed = (byte[])bytes.Clone();
            changed[place] ^= 0x10;
            var file = Path.Combine(Folder.FullName, "changed.export");
            await File.WriteAllBytesAsync(file, changed);
            Assert.Equal(ExitCode.Usage, await RunAsync("import", file));
        }

        await File.WriteAllBytesAsync(Target, bytes[..^5]);
        Assert.Equal(ExitCode.Usage, await RunAsync("import", Target));
        Assert.Empty(Server.Answers.Imported);
        Assert.Contains("the file is not whole", Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AlreadyThere_EndsAfterTheHeader()
    {
        Server.Answers.Export = _ => Chunks;
        Assert.Equal(ExitCode.Ok, await RunAsync("export", Target));
        Server.Answers.Import = chunk => new ImportTenantResponse { Number = chunk.Number, Finished = true };

        Assert.Equal(ExitCode.Ok, await RunAsync("import", Target));
        Assert.Single(Server.Answers.Imported);
    }

    [Fact]
    public async Task Import_Refused_AnswersTheExitCodeOfTheStatus()
    {
        Server.Answers.Export = _ => Chunks;
        Assert.Equal(ExitCode.Ok, await RunAsync("export", Target));
        Server.Answers.Import = chunk => chunk.Number < 2
            ? new ImportTenantResponse { Number = chunk.Number }
            : throw FakeServer.Refuse(StatusCode.FailedPrecondition, "two histories");

        Assert.Equal(ExitCode.Refused, await RunAsync("import", Target));
        Assert.Contains("two histories", Error.ToString(), StringComparison.Ordinal);
    }

    private static List<TransferChunk> Export(int entries)
    {
        var bodies = new List<TransferBody>
        {
            new()
            {
                Header = new TransferHeader { Tenant = "south", Name = "South", ExportedAt = new Timestamp(), Through = 9, Entries = entries },
            },
        };
        bodies.AddRange(Enumerable.Range(1, entries).Select(version => new TransferBody
        {
            Entries = new TransferEntries
            {
                Entries = { new TransferEntry { Stream = "tenant", Version = version, Hash = ByteString.CopyFrom(new byte[32]) } },
            },
        }));
        bodies.Add(new TransferBody { Trailer = new TransferTrailer { Entries = entries } });
        var chunks = new List<TransferChunk>();
        foreach (var body in bodies)
        {
            chunks.Add(TransferChunk.Behind(chunks.LastOrDefault(), body));
        }

        return chunks;
    }
}
