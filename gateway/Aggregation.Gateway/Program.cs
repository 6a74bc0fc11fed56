using Aggregation.Gateway;
using Aggregation.Gateway.Endpoints;
using Aggregation.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.UseOrleansClient(client => client.UseLocalhostClustering());
builder.Services.AddAggregationGateway(builder.Configuration);
builder.AddGatewayEndpoints();

var app = builder.Build();
app.MapServiceDefaults();
app.MapAggregationGateway();
await app.RunAsync();
