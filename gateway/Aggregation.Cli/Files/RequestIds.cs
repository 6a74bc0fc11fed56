using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>
/// Request ids for submissions whose file gives none. The id is derived from the content and the place in the report's history, so that an act that
/// is sent twice is one act (and gets the same receipt), and the same figures after a return are another one.
/// </summary>
internal static class RequestIds
{
    /// <summary>"c-" and 40 hexadecimal digits of a SHA-256 over every field, cells in the order of their codes, and the last act's number.</summary>
    /// <param name="request">The submission; the request id that it may have is passed over.</param>
    /// <param name="lastAct">Number of the last act on the report; 0 where there was none.</param>
    public static string Derive(SubmitRequest request, long lastAct)
    {
        var text = new StringBuilder();
        Field(text, request.Unit);
        Field(text, request.Form);
        Field(text, request.Period);
        Field(text, request.HasExpectedRevision ? request.ExpectedRevision.ToString(CultureInfo.InvariantCulture) : "");
        Field(text, request.NilReturn ? "nil" : "");
        Field(text, request.FiledOn);
        Cells(text, "cells", request.Cells);
        Cells(text, "narrative", request.Narrative);
        foreach (var explanation in request.Explanations.OrderBy(each => each.CheckId, StringComparer.Ordinal))
        {
            Field(text, explanation.CheckId);
            Field(text, explanation.Text);
        }

        // The id of a report's first filing is what programs before this rule gave to any.
        if (lastAct > 0)
        {
            Field(text, lastAct.ToString(CultureInfo.InvariantCulture));
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return "c-" + Convert.ToHexStringLower(hash)[..40];
    }

    private static void Cells(StringBuilder text, string name, IEnumerable<Cell> cells)
    {
        Field(text, name);
        foreach (var cell in cells.OrderBy(each => each.Code, StringComparer.Ordinal))
        {
            Field(text, cell.Code);
            Field(text, AmountText.Format(cell.Amount));
        }
    }

    // The length in front keeps "ab" + "c" apart from "a" + "bc".
    private static void Field(StringBuilder text, string value) =>
        text.Append(value.Length).Append(':').Append(value).Append('\n');
}
