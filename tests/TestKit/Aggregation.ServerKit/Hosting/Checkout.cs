namespace Aggregation.ServerKit.Hosting;

/// <summary>Where things are, seen from this assembly: <c>ROOT/artifacts/MODE/bin/ASSEMBLY/CONFIGURATION</c>.</summary>
public static class Checkout
{
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root => Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The standalone host, built in the same configuration and package mode as this assembly.</summary>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string FindStandalone()
    {
        var path = Path.Combine(
            Output.Parent!.Parent!.FullName, "Aggregation.Standalone", Output.Name, "Aggregation.Standalone.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("The standalone host is not built.", path);
    }

    /// <summary>The <c>dotnet</c> that runs this.</summary>
    public static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
