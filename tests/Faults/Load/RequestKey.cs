namespace Aggregation.Faults.Load;

/// <summary>Within what a request id is unique.</summary>
internal readonly record struct RequestKey(string Tenant, string Unit, string Id)
{
    public override string ToString() => $"{Tenant} {Unit} {Id}";
}
