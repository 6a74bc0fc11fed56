using Aggregation.ServiceDefaults;
using Aggregation.Silo;
using Aggregation.Silo.Migration;

if (MigrateCommand.IsAskedFor(args)) return await MigrateCommand.RunAsync(args);

// Settings are read once: watching their folder means watching every write to ./data below it.
var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
builder.AddServiceDefaults();
builder.AddAggregationSilo(takesClients: true);

var app = builder.Build();
app.MapServiceDefaults();
await app.RunAsync();
return 0;
