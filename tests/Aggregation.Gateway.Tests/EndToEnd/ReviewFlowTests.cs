using Grpc.Core;

namespace Aggregation.Gateway.Tests.EndToEnd;

/// <summary>A city's year, from a draft to the accepted and locked total, each part with a key of its own.</summary>
[Collection(ServerCollection.Name)]
public sealed class ReviewFlowTests(Server server)
{
    private const string Units = """
        code,name,kind,level,parent,from,to
        330000,Province,government,province,,,
        330100,City,government,city,330000,,
        330100-D1,One,department,,330100,,
        330100-D2,Two,department,,330100,,
        330100-D3,Three,department,,330100,,
        """;

    private const string Period = "2017";
    private string clerk = "";
    private string office = "";
    private string province = "";

    [Fact]
    public async Task Review_FromDraftToLock_CountsInBothLayersAsItShould()
    {
        await CreateTenantAsync();
        var first = await DraftAndSubmitAsync("330100-D1", 5);
        var second = await SubmitAsync("330100-D2", "two", 6);
        var third = await SubmitAsync("330100-D3", "three", 7);
        Assert.Equal((18, null), await LayersAsync(first, second, third));

        // One is returned, the others are accepted as they were listed, except for one that was edited after that.
        var list = (await server.Reviews.ListStandingsAsync(
            new V1.ListStandingsRequest { Unit = "330100", Form = "2014", Period = Period }, Server.As(office))).Standings;
        var sentBack = await server.Reviews.ReturnAsync(
            Act(list[0], "return", "not plausible", new V1.CellRemark { Cell = "9.1", Text = "more than last year" }), Server.As(office));
        var edited = await SubmitAsync("330100-D2", "two again", 8);
        var many = await server.Reviews.AcceptManyAsync(
            new V1.AcceptManyRequest
            {
                Form = "2014", Period = Period, RequestId = "accept",
                Items = { list.Skip(1).Select(item => new V1.AcceptItem { Unit = item.Unit, Revision = item.Revision, Hash = item.Hash }) },
            },
            Server.As(office));
        Assert.Equal((1, 1), (many.Accepted, many.Skipped));
        Assert.Equal(("330100-D2", (int)StatusCode.Aborted), (many.Outcomes[0].Unit, many.Outcomes[0].Error.Code));
        Assert.Equal((15, 7), await LayersAsync(sentBack, edited, many.Outcomes[1].Receipt));

        var returned = await server.Submissions.GetAsync(
            new V1.GetSubmissionRequest { Unit = "330100-D1", Form = "2014", Period = Period }, Server.As(clerk));
        Assert.Equal((V1.SubmissionState.Returned, "more than last year"), (returned.State, returned.Decisions[0].Cells[0].Text));
        await SubmitAsync("330100-D1", "mended", 4);
        var accepted = new List<V1.Receipt>();
        foreach (var unit in new[] { "330100-D1", "330100-D2" })
        {
            var standing = await StandingAsync(unit);
            await server.Reviews.SignAsync(Act(standing, "sign"), Server.As(clerk));
            accepted.Add(await server.Reviews.AcceptAsync(Act(standing, "accept again"), Server.As(office)));
        }

        Assert.Equal((19, 19), await LayersAsync([.. accepted]));

        // The office signs its total, the province accepts it, and the office locks.
        var total = await TotalAsync(V1.Layer.Accepted, "330100");
        var completion = await server.Reviews.ReportCompletionAsync(
            new V1.ReportCompletionRequest
            {
                Unit = "330100", Form = "2014", Period = Period, RequestId = "done", ExpectedDigest = total.Digest, Text = "complete",
            },
            Server.As(clerk));
        var decided = await server.Reviews.DecideCompletionAsync(
            new V1.DecideCompletionRequest
            {
                Unit = "330100", Form = "2014", Period = Period, RequestId = "decide", Number = completion.Number,
                Hash = completion.Hash, Accept = true,
            },
            Server.As(province));
        Assert.Equal(V1.CompletionState.Accepted, decided.Completion.State);
        var locked = await server.Reviews.LockBelowAsync(
            new V1.LockBelowRequest { Unit = "330100", Form = "2014", Period = Period, RequestId = "lock" }, Server.As(office));
        Assert.Equal((3, 0), (locked.Locked, locked.Skipped.Count));
        var refused = await Assert.ThrowsAsync<RpcException>(() => SubmitAsync("330100-D1", "too late", 9));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);

        // A correction after the lock is a restatement of what was signed.
        await server.Reviews.ReopenAsync(
            new V1.ReviewRequest { Unit = "330100-D1", Form = "2014", Period = Period, RequestId = "reopen", Text = "an error was found" },
            Server.As(office));
        await SubmitAsync("330100-D1", "corrected", 3);
        var correction = await server.Reviews.AcceptAsync(Act(await StandingAsync("330100-D1"), "accept at last"), Server.As(office));
        Assert.Equal((18, 18), await LayersAsync(correction));
        var restatement = await new V1.PublicationService.PublicationServiceClient(server.Channel).GetRestatementAsync(
            new V1.GetRestatementRequest { Unit = "330100", Form = "2014", Period = Period }, Server.As(clerk));
        Assert.Equal((19, 18), (restatement.Published.Cells[0].Amount.Units, restatement.Current.Cells[0].Amount.Units));
        Assert.Equal("330100-D1", Assert.Single(restatement.Submissions).Unit);
    }

    private async Task CreateTenantAsync()
    {
        var created = await server.Admin.CreateTenantAsync(
            new V1.CreateTenantRequest { Tenant = "reviewed", Name = "Reviewed", Settings = new V1.TenantSettings { AutoAccept = false } },
            Server.As(server.Platform));
        var administrator = created.AdministratorKey;
        await server.Admin.ImportUnitsAsync(new V1.ImportUnitsRequest { Csv = Units }, Server.As(administrator));
        var (city, all) = (new V1.Subtree { Unit = "330100" }, new V1.Subtree { Unit = "*" });
        async Task<string> KeyAsync(V1.CreateKeyRequest request)
        {
            request.Label = "flow";
            return (await server.Admin.CreateKeyAsync(request, Server.As(administrator))).Text;
        }

        clerk = await KeyAsync(new() { Submit = city, Read = city });
        office = await KeyAsync(new() { Review = city });
        province = await KeyAsync(new() { Review = new V1.Subtree { Unit = "330000" }, Read = all });
    }

    private async Task<V1.Receipt> DraftAndSubmitAsync(string unit, long value)
    {
        await server.Submissions.SaveDraftAsync(
            new V1.SaveDraftRequest { Content = Server.Submit(unit, "", value, Period) }, Server.As(clerk));
        Assert.Equal(0, (await TotalAsync(V1.Layer.Submitted)).Coverage.Submitted);
        var draft = await server.Submissions.GetDraftAsync(
            new V1.GetDraftRequest { Unit = unit, Form = "2014", Period = Period }, Server.As(clerk));
        draft.Content.RequestId = "from the draft";
        var receipt = await server.Submissions.SubmitAsync(draft.Content, Server.As(clerk));
        await server.Submissions.DiscardDraftAsync(
            new V1.DiscardDraftRequest { Unit = unit, Form = "2014", Period = Period }, Server.As(clerk));
        return receipt;
    }

    private async Task<V1.Receipt> SubmitAsync(string unit, string requestId, long value) =>
        await server.Submissions.SubmitAsync(Server.Submit(unit, requestId, value, Period), Server.As(clerk));

    private async Task<V1.Standing> StandingAsync(string unit) => await server.Reviews.GetStandingAsync(
        new V1.GetStandingRequest { Unit = unit, Form = "2014", Period = Period }, Server.As(office));

    private static V1.ReviewRequest Act(V1.Standing seen, string requestId, string text = "", params V1.CellRemark[] cells) => new()
    {
        Unit = seen.Unit, Form = seen.Form, Period = seen.Period, RequestId = requestId, Revision = seen.Revision,
        Hash = seen.Hash, Text = text, Cells = { cells },
    };

    /// <summary>Both layers of the province's cell 9.1, once they include what each receipt stands for: units go up each on its own.</summary>
    private async Task<(long? Submitted, long? Accepted)> LayersAsync(params V1.Receipt[] receipts)
    {
        foreach (var receipt in receipts)
        {
            await server.Rollups.AwaitAsync(
                new V1.AwaitRequest { Unit = receipt.Unit, Form = "2014", Period = Period, Revision = receipt.Revision, AtUnit = "330000" },
                Server.As(province));
        }

        return (Figure(await TotalAsync(V1.Layer.Submitted)), Figure(await TotalAsync(V1.Layer.Accepted)));
    }

    private async Task<V1.Total> TotalAsync(V1.Layer layer, string unit = "330000") => await server.Rollups.GetTotalAsync(
        new V1.GetTotalRequest { Total = new V1.TotalSelector { Unit = unit, Form = "2014", Period = Period, Layer = layer } },
        Server.As(province));

    private static long? Figure(V1.Total total) => total.Cells.SingleOrDefault(cell => cell.Code == "9.1")?.Amount.Units;
}
