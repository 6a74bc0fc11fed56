namespace Aggregation.Polyfills.Orleans.Tests.Storage;

public interface IHomelessGrain : IGrainWithStringKey
{
    Task Call();
}
