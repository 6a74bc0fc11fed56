using Aggregation.Gateway;
using Aggregation.Gateway.Endpoints;
using Aggregation.ServiceDefaults;
using Aggregation.Silo;

// Settings are read once: watching their folder means watching every write to ./data below it.
var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
builder.AddServiceDefaults();
builder.AddAggregationSilo(takesClients: false);
builder.Services.AddAggregationGateway(builder.Configuration);
builder.AddGatewayEndpoints();

var app = builder.Build();
app.MapServiceDefaults();
app.MapAggregationGateway();
await app.RunAsync();
