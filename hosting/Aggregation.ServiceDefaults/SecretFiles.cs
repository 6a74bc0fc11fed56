using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Aggregation.ServiceDefaults;

/// <summary>
/// Settings from files, one each, named as the environment variable would be: <c>Journal__ConnectionString</c>. So come the secrets
/// of systemd, Docker and Kubernetes, which then stand in no environment and on no command line.
/// </summary>
internal static class SecretFiles
{
    /// <summary>The folder of the files.</summary>
    private const string PathKey = "Secrets:Path";

    /// <summary>Files come before environment and command line, which may still override them.</summary>
    /// <exception cref="InvalidOperationException">There is no such folder; tells key, value and rule.</exception>
    public static void AddSecretFiles(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration[PathKey] is not { Length: > 0 } path)
        {
            return;
        }

        var folder = Path.GetFullPath(path);
        if (!Directory.Exists(folder))
        {
            throw new InvalidOperationException($"{PathKey} is '{path}'; it must be an existing folder.");
        }

        // Whatever is set in another way is more specific than a file that is shared by hosts.
        var files = new KeyPerFileConfigurationSource { FileProvider = new PhysicalFileProvider(folder), Optional = false };
        builder.Configuration.Sources.Insert(0, new Source(files));
    }

    private sealed class Source(KeyPerFileConfigurationSource files) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(files);
    }

    /// <summary>
    /// Without the ends of lines that editors and <c>echo</c> leave behind a secret; the provider itself takes off one, and only this
    /// system's. Blanks stay: a password may end with one.
    /// </summary>
    private sealed class Provider(KeyPerFileConfigurationSource files) : KeyPerFileConfigurationProvider(files)
    {
        public override void Load()
        {
            base.Load();
            foreach (var (key, value) in Data.ToList())
            {
                Data[key] = value?.Trim('\r', '\n');
            }
        }
    }
}
