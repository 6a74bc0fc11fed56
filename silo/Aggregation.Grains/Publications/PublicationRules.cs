using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Publications;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Publications;

/// <summary>Who may do what with publications, and what a request must be.</summary>
internal static class PublicationRules
{
    /// <summary>
    /// An office signs its own total before it sends it up, so whoever may submit for the unit may publish at it; a tenant's
    /// administrator may anywhere, but report no office's completion.
    /// </summary>
    public static void RequirePublish(
        Caller caller, PublishCommand command, AdministrativeStructure structure, LedgerFrame frame)
    {
        if (!caller.IsAdministrator || command.IsCompletion)
        {
            Access.RequireSubmit(caller, structure, frame.Day, frame.Key.Unit);
        }

        LedgerShape.RequireUnit(structure, frame);
    }

    public static void RequireDecide(Caller caller, AdministrativeStructure structure, LedgerFrame frame)
    {
        Access.RequireReview(caller, structure, frame.Day, frame.Key.Unit);
        LedgerShape.RequireUnit(structure, frame);
    }

    public static void RequireList(Caller caller, AdministrativeStructure structure, LedgerFrame frame)
    {
        if (!caller.IsAdministrator)
        {
            Access.RequireOwn(caller, structure, frame.Day, frame.Key.Unit);
        }

        LedgerShape.RequireKnown(structure, frame);
    }

    /// <summary>Before it is known which tree the publication is of: nobody else may learn whether there is one.</summary>
    public static void RequireSomeRead(Caller caller, AdministrativeStructure structure, LedgerFrame frame)
    {
        if (!Access.Covers(caller.Read, structure, frame.Day, frame.Key.Unit)
            && !Access.Reviews(caller, structure, frame.Day, frame.Key.Unit))
        {
            throw Refuse.Forbidden("read the totals of", frame.Key.Unit);
        }

        LedgerShape.RequireKnown(structure, frame);
    }

    public static void RequireCommand(PublishCommand command)
    {
        RequireRequestId(command.RequestId);
        Completions.RequireText("text", command.Text, isNeeded: false);

        // Nobody signs unseen.
        var mayBeEmpty = !command.IsCompletion;
        if (!(mayBeEmpty && command.ExpectedDigest.Length == 0)
            && !(command.ExpectedDigest.Length == 32 && command.ExpectedDigest.All(char.IsAsciiHexDigitLower)))
        {
            throw Refuse.Invalid("expected_digest", command.ExpectedDigest, "32 hexadecimal digits",
                "集合摘要应为 32 位十六进制数字", "a set digest has 32 lower-case hexadecimal digits");
        }
    }

    public static void RequireRequestId(string requestId)
    {
        if (requestId.Length is 0 or > 64)
        {
            throw Refuse.Invalid("request_id", requestId.Length > 80 ? requestId[..80] : requestId, "1–64 characters",
                "请求号应有 1 至 64 个字符", "a request id has 1 to 64 characters");
        }
    }

    public static void RequireDigest(string expected, string digest)
    {
        if (expected.Length > 0 && expected != digest)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition,
                $"expected_digest '{expected}': the total has changed and is '{digest}' by now.",
                [
                    new Violation
                    {
                        Field = "expected_digest",
                        Value = expected,
                        Rule = digest,
                        MessageZh = $"汇总已有变动，现为 {digest}，请核对后再发布",
                        MessageEn = $"the total has changed and is {digest} by now; look at it again before publishing it",
                    },
                ]);
        }
    }

    public static void RequireQuery(RestatementQuery query)
    {
        if (query.Limit is < 1 or > RestatementQuery.MostSubmissions)
        {
            throw Refuse.Invalid("limit", query.Limit.ToString(CultureInfo.InvariantCulture), $"1–{RestatementQuery.MostSubmissions}",
                $"应为 1 至 {RestatementQuery.MostSubmissions}", $"is from 1 to {RestatementQuery.MostSubmissions}");
        }
    }
}
