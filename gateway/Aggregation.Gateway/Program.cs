using Aggregation.Gateway;
using Aggregation.Gateway.Endpoints;
using Aggregation.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSilos();
builder.Services.AddAggregationGateway(builder.Configuration);
builder.AddGatewayEndpoints();

var app = builder.Build();
app.MapServiceDefaults();
app.MapAggregationGateway();
await app.RunAsync();
