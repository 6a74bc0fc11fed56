using Grpc.Core;

namespace Aggregation.Gateway.Tests.Checks;

/// <summary>An office that files the sum of those below it is asked about it, before totals count it twice.</summary>
[Collection(ServerCollection.Name)]
public sealed class SumBelowTests(Server server)
{
    private const string Units = """
        code,name,kind,level,parent,from,to
        410000,河南省,government,province,,2000-01-01,
        411300,南阳市,government,city,410000,2000-01-01,
        411300-A,南阳市教育局,department,,411300,2000-01-01,
        411300-B,南阳市公安局,department,,411300,2000-01-01,
        411300-A1,南阳市第一中学,institution,,411300-A,2000-01-01,
        411302,宛城区,government,county,411300,2000-01-01,
        """;

    [Theory]
    [InlineData(23, "everything below it")]
    [InlineData(16, "the departments and institutions below it")]
    [InlineData(7, "the governments below it")]
    public async Task Submit_SumOfThoseBelow_NeedsAnExplanation(long own, string whose)
    {
        var tenant = await FiledBelowAsync();

        var validated = await server.Submissions.ValidateAsync(Server.Submit("411300", "own", own, "2017"), tenant.Call);
        var refused = await Assert.ThrowsAsync<RpcException>(() => tenant.SubmitAsync("411300", "own", own));
        var request = Server.Submit("411300", "own again", own, "2017");
        request.Explanations.Add(new V1.Explanation { CheckId = "sum-below", Text = "本级机关自身的数字，经核实确为如此" });
        var receipt = await server.Submissions.SubmitAsync(request, tenant.Call);

        var finding = Assert.Single(validated.Findings);
        Assert.False(validated.Acceptable);
        Assert.Equal(("sum-below", V1.Severity.Soft, "9.1", $"{own} : {own}"), (finding.CheckId, finding.Severity, finding.Cell, finding.Value));
        Assert.Contains(whose, finding.MessageEn, StringComparison.Ordinal);
        Assert.NotEmpty(finding.MessageZh);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(1, receipt.Revision);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Submit_OtherFiguresOfItsOwn_AreTaken(long own)
    {
        var tenant = await FiledBelowAsync();

        Assert.Empty((await server.Submissions.ValidateAsync(Server.Submit("411300", "own", own, "2017"), tenant.Call)).Findings);
        Assert.Equal(1, (await tenant.SubmitAsync("411300", "own", own)).Revision);
    }

    [Fact]
    public async Task Submit_CorrectedReport_IsComparedWithThoseBelowAndNotWithItself()
    {
        var tenant = await FiledBelowAsync();
        await tenant.SubmitAsync("411300", "own", 100);

        await tenant.SubmitAsync("411300", "corrected", 123);
        var refused = await Assert.ThrowsAsync<RpcException>(() => tenant.SubmitAsync("411300", "sum", 23));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Fact]
    public async Task Submit_DepartmentOrTenantThatIsNotAsked_FilesWhatItHas()
    {
        var tenant = await FiledBelowAsync();
        await tenant.SubmitAsync("411300-A", "as its school", 5, "2018");
        await tenant.SubmitAsync("411300-A1", "school", 5, "2018");
        await tenant.SubmitAsync("411300-A", "as its school again", 5, "2018");

        await server.Admin.ChangeSettingsAsync(
            new V1.ChangeSettingsRequest { Settings = new V1.TenantSettings { CheckSumsBelow = false } }, tenant.Call);

        Assert.Equal(1, (await tenant.SubmitAsync("411300", "own", 23)).Revision);
    }

    /// <summary>The departments filed 11 and 5 for themselves and what is under them, the county 7; nothing of the city's own.</summary>
    private async Task<OwnTenant> FiledBelowAsync()
    {
        var tenant = await server.OwnTenantAsync(Units);
        await tenant.TotalAsync(
            new V1.TotalSelector { Unit = "411300", Form = "2014", Period = "2017" },
            await tenant.SubmitAsync("411300-A", "a", 6),
            await tenant.SubmitAsync("411300-A1", "a1", 5),
            await tenant.SubmitAsync("411300-B", "b", 5),
            await tenant.SubmitAsync("411302", "county", 7));
        return tenant;
    }
}
