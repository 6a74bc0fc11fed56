using Aggregation.Benchmarks;
using Aggregation.Benchmarks.Serving;

return args is [ServerCommand.Word, ..]
    ? await ServerCommand.RunAsync(args)
    : await BenchCommand.RunAsync(args);
