/// <summary>
/// .NET runs this before a program's own entry point, and has to load this assembly for it: that is all that is wanted,
/// because ASP.NET Core then finds the assembly by its name. Name and signature are .NET's.
/// </summary>
#pragma warning disable CA1050 // .NET looks for it outside any namespace.
internal static class StartupHook
#pragma warning restore CA1050
{
    public static void Initialize()
    {
    }
}
