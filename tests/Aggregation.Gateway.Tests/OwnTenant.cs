using Grpc.Core;

namespace Aggregation.Gateway.Tests;

/// <summary>A tenant of a test's own on the shared server: a province with two cities, each with a department in the line of education.</summary>
internal sealed class OwnTenant(Server server, string name, string key)
{
    public const string Line = "education";
    public const string Office = "410000-E";
    public const string First = "411300-E";
    public const string Second = "411400-E";

    public const string Territory = """
        code,name,kind,level,parent,from,to
        410000,河南省,government,province,,2000-01-01,
        410000-E,省教育厅,department,,410000,2000-01-01,
        411300,南阳市,government,city,410000,2000-01-01,
        411300-E,南阳市教育局,department,,411300,2000-01-01,
        411400,商丘市,government,city,410000,2000-01-01,
        411400-E,商丘市教育局,department,,411400,2000-01-01,
        """;

    public const string LineUnits = """
        code,name,kind,level,parent,from,to
        410000-E,,,,,2000-01-01,
        411300-E,,,,410000-E,2000-01-01,
        411400-E,,,,410000-E,2000-01-01,
        """;

    public string Name => name;

    public string Key => key;

    public string KeyId => Server.KeyIdOf(key);

    /// <summary>With a key that administers the tenant, submits, reads and reviews all of it.</summary>
    public CallOptions Call => Server.As(key);

    /// <summary>Files a figure for the cell 9.1.</summary>
    public async Task<V1.Receipt> SubmitAsync(string unit, string requestId, long units, string period = "2017") =>
        await server.Submissions.SubmitAsync(Server.Submit(unit, requestId, units, period), Call);

    /// <summary>The total of a unit, once it has what a receipt stands for.</summary>
    public async Task<V1.Total> TotalAsync(V1.TotalSelector selector, params V1.Receipt[] receipts)
    {
        foreach (var receipt in receipts)
        {
            await server.Rollups.AwaitAsync(
                new V1.AwaitRequest
                {
                    Unit = receipt.Unit, Form = receipt.Form, Period = receipt.Period, Revision = receipt.Revision, AtUnit = selector.Unit,
                    Tree = selector.Tree,
                },
                Call);
        }

        return await server.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = selector }, Call);
    }

    /// <summary>Everything of this kind that grains were asked for this tenant, by the gateway or by each other.</summary>
    public IReadOnlyList<T> Asked<T>() => server.Questions.Of<T>(name);
}
