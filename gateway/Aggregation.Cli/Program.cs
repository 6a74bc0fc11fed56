using System.Text;
using Aggregation.Cli;
using Aggregation.Cli.Output;

Console.OutputEncoding = Encoding.UTF8;
return await CommandLineApplication.RunAsync(args, Terminal.OfConsole(), CancellationToken.None);
