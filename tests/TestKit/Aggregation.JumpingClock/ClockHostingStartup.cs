using System.IO.MemoryMappedFiles;
using Aggregation.JumpingClock;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(ClockHostingStartup))]

namespace Aggregation.JumpingClock;

/// <summary>Runs in the server, before the server registers its own services.</summary>
internal sealed class ClockHostingStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder)
    {
        var path = Environment.GetEnvironmentVariable(ClockFile.PathVariable)
            ?? throw new InvalidOperationException($"{ClockFile.PathVariable} is not set; it must name the clock's file.");

        // Open for as long as the server runs.
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        var time = new JumpingTime(file.CreateViewAccessor(0, sizeof(long), MemoryMappedFileAccess.Read));
        builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(time));
    }
}
