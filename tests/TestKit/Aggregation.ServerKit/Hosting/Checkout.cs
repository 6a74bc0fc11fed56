namespace Aggregation.ServerKit.Hosting;

/// <summary>Where things are, seen from this assembly: <c>ROOT/artifacts/bin/ASSEMBLY/CONFIGURATION</c>.</summary>
public static class Checkout
{
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root => Output.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The standalone host, built in the same configuration as this assembly.</summary>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string FindStandalone() => Find("Aggregation.Standalone", "Aggregation.Standalone.dll");

    /// <summary>The command line, built in the same way.</summary>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string FindCommandLine() => Find("Aggregation.Cli", "aggregation.dll");

    /// <summary>A silo of its own process, built in the same way.</summary>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string FindSilo() => Find("Aggregation.Silo", "Aggregation.Silo.dll");

    /// <summary>A gateway of its own process, built in the same way.</summary>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string FindGateway() => Find("Aggregation.Gateway", "Aggregation.Gateway.dll");

    /// <summary>The <c>dotnet</c> that runs this.</summary>
    public static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Find(string project, string file)
    {
        var path = Path.Combine(Output.Parent!.Parent!.FullName, project, Output.Name, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} is not built.", path);
    }
}
