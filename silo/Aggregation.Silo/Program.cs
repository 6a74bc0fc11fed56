using Aggregation.ServiceDefaults;
using Aggregation.Silo;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddAggregationSilo(takesClients: true);

var app = builder.Build();
app.MapServiceDefaults();
await app.RunAsync();
