using Aggregation.Gateway;
using Aggregation.Gateway.Endpoints;
using Aggregation.Operations;
using Aggregation.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSilos();
builder.Services.AddAggregationGateway(builder.Configuration);
builder.AddGatewayEndpoints();
builder.AddOperations();

var app = builder.Build();
app.MapServiceDefaults();
app.MapAggregationGateway();
app.MapOperations();
await app.RunAsync();
