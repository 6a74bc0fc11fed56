using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Aggregation.Gateway.Errors;

/// <summary>
/// Writes a failure as gRPC's rich error model has it: a google.rpc.Status in <c>grpc-status-details-bin</c>, with
/// BadRequest for any client, aggregation.v1.Refusal for ours, and RetryInfo where trying again may help.
/// </summary>
internal static class RichStatus
{
    public const string Trailer = "grpc-status-details-bin";

    private const string TypePrefix = "type.googleapis.com";

    /// <summary>Bytes for the status itself and the wrapping of its details, their type names included.</summary>
    private const int Overhead = 256;

    /// <summary>Bytes for what the message says of violations that were left out.</summary>
    private const int Counts = 64;

    /// <summary>The message takes at most this part of what there is; it stands in the details too.</summary>
    private const int MessagePart = 8;

    /// <summary>As much of a value, or of the name of a field, as shows which it is; see <see cref="Excerpt"/>.</summary>
    private const int MostQuoted = 512;

    /// <summary>Where the first violation does not fit even so, all its texts are cut, down to this.</summary>
    private const int LeastQuoted = 16;

    private static readonly TimeSpan UnavailableFor = TimeSpan.FromSeconds(1);

    /// <param name="failure">What to write.</param>
    /// <param name="most">Bytes of metadata, as they are sent; see <see cref="RefusalRoom"/>.</param>
    public static RpcException Of(Failure failure, int most)
    {
        var refusal = failure.Refusal;
        var message = Excerpt.Of(failure.Message, most / MessagePart);
        var retryAfter = failure.RetryAfter ?? (failure.Code == StatusCode.Unavailable ? UnavailableFor : (TimeSpan?)null);
        if (refusal is null && retryAfter is null)
        {
            return new RpcException(new Grpc.Core.Status(failure.Code, message));
        }

        var status = new Google.Rpc.Status { Code = (int)failure.Code, Message = message };
        if (refusal is not null)
        {
            // Base64 makes four bytes of three.
            var room = ((most - Excerpt.Cost(message) - Counts) / 4 * 3) - Overhead - Counts - status.CalculateSize();
            status.Message += Describe(refusal, room, status);
        }

        if (retryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }, TypePrefix));
        }

        var trailers = new Metadata { { Trailer, status.ToByteArray() } };
        return new RpcException(new Grpc.Core.Status(failure.Code, status.Message), trailers);
    }

    /// <summary>Adds what fits: metadata that a client's limit refuses would hide the whole error.</summary>
    /// <returns>What to add to the message when some did not fit; else nothing.</returns>
    private static string Describe(V1.Refusal refusal, int room, Google.Rpc.Status status)
    {
        var badRequest = new BadRequest();
        var fitting = new V1.Refusal { CurrentRevision = refusal.CurrentRevision };
        foreach (var whole in refusal.Violations)
        {
            var violation = Quoted(whole, MostQuoted, int.MaxValue);
            for (var quoted = MostQuoted; fitting.Violations.Count == 0 && SizeOf(violation) > room && quoted >= LeastQuoted; quoted /= 2)
            {
                violation = Quoted(whole, quoted, quoted);
            }

            room -= SizeOf(violation);
            if (room < 0)
            {
                break;
            }

            badRequest.FieldViolations.Add(FieldViolation(violation));
            fitting.Violations.Add(violation);
        }

        fitting.LeftOut = refusal.Violations.Count - fitting.Violations.Count;
        if (badRequest.FieldViolations.Count > 0)
        {
            status.Details.Add(Any.Pack(badRequest, TypePrefix));
        }

        status.Details.Add(Any.Pack(fitting, TypePrefix));
        return fitting.LeftOut == 0 ? "" : $" ({fitting.Violations.Count} violations attached, {fitting.LeftOut} more)";
    }

    /// <summary>In both details, with their tags and lengths.</summary>
    private static int SizeOf(V1.Violation violation) => FieldViolation(violation).CalculateSize() + violation.CalculateSize() + 8;

    private static V1.Violation Quoted(V1.Violation whole, int quoted, int said) => new()
    {
        Field = Excerpt.Of(whole.Field, quoted),
        Value = Excerpt.Of(whole.Value, quoted),
        Rule = Excerpt.Of(whole.Rule, said),
        MessageZh = Excerpt.Of(whole.MessageZh, said),
        MessageEn = Excerpt.Of(whole.MessageEn, said),
    };

    private static BadRequest.Types.FieldViolation FieldViolation(V1.Violation violation) => new()
    {
        Field = violation.Field,
        Description = $"{violation.MessageEn} {violation.MessageZh} (value: {violation.Value}; rule: {violation.Rule})",
    };
}
