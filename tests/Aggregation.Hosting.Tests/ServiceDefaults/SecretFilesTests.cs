using Aggregation.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Aggregation.Hosting.Tests.ServiceDefaults;

public sealed class SecretFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aggregation-secrets-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("s3cr3t", "s3cr3t")]
    [InlineData("s3cr3t\n", "s3cr3t")]
    [InlineData("s3cr3t\r\n", "s3cr3t")]
    [InlineData("s3cr3t\n\n", "s3cr3t")]
    [InlineData("s3cr3t\r\n\r\n", "s3cr3t")]
    [InlineData("s3cr3t\r", "s3cr3t")]
    [InlineData("\r\ns3cr3t", "s3cr3t")]
    [InlineData("\uFEFFs3cr3t\r\n", "s3cr3t")]
    [InlineData(" s3 cr3t \n", " s3 cr3t ")]
    [InlineData("\r\n", "")]
    public async Task Setting_OfAFile_IsWithoutTheEndsOfItsLines(string content, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Journal__ConnectionString"), content);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Secrets:Path"] = folder.FullName;

        builder.AddServiceDefaults();

        Assert.Equal(expected, builder.Configuration["Journal:ConnectionString"]);
    }

    [Fact]
    public async Task Setting_GivenInAnotherWayToo_IsThat()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Journal__ConnectionString"), "of the file\n");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Secrets:Path"] = folder.FullName, ["Journal:ConnectionString"] = "of the command line",
        });

        builder.AddServiceDefaults();

        Assert.Equal("of the command line", builder.Configuration["Journal:ConnectionString"]);
    }
}
