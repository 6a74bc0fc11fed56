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

    /// <summary>Room for the status itself and the wrapping of its details.</summary>
    private const int Overhead = 256;

    /// <summary>The message takes at most this part of what the details may take; it stands in them too.</summary>
    private const int MessagePart = 8;

    /// <summary>As much of a value, or of the name of a field, as shows which it is; see <see cref="Excerpt"/>.</summary>
    private const int MostQuoted = 512;

    private static readonly TimeSpan UnavailableFor = TimeSpan.FromSeconds(1);

    public static RpcException Of(Failure failure, int maxBytes)
    {
        var refusal = failure.Refusal;
        var message = Excerpt.Of(failure.Message, maxBytes / MessagePart);
        var retryAfter = failure.RetryAfter ?? (failure.Code == StatusCode.Unavailable ? UnavailableFor : (TimeSpan?)null);
        if (refusal is null && retryAfter is null)
        {
            return new RpcException(new Grpc.Core.Status(failure.Code, message));
        }

        var status = new Google.Rpc.Status { Code = (int)failure.Code, Message = message };
        if (refusal is not null)
        {
            status.Message += Describe(refusal, maxBytes - Overhead - status.CalculateSize(), status);
        }

        if (retryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }, TypePrefix));
        }

        var trailers = new Metadata { { Trailer, status.ToByteArray() } };
        return new RpcException(new Grpc.Core.Status(failure.Code, status.Message), trailers);
    }

    /// <summary>Adds what fits: trailers that a client's header limit refuses would hide the whole error.</summary>
    /// <returns>What to add to the message when some did not fit; else nothing.</returns>
    private static string Describe(V1.Refusal refusal, int room, Google.Rpc.Status status)
    {
        var badRequest = new BadRequest();
        var fitting = new V1.Refusal { CurrentRevision = refusal.CurrentRevision };
        foreach (var whole in refusal.Violations)
        {
            var violation = new V1.Violation(whole)
            {
                Field = Excerpt.Of(whole.Field, MostQuoted), Value = Excerpt.Of(whole.Value, MostQuoted),
            };
            var field = new BadRequest.Types.FieldViolation { Field = violation.Field, Description = DescriptionOf(violation) };
            room -= field.CalculateSize() + violation.CalculateSize() + 8;
            if (room < 0)
            {
                break;
            }

            badRequest.FieldViolations.Add(field);
            fitting.Violations.Add(violation);
        }

        if (badRequest.FieldViolations.Count > 0)
        {
            status.Details.Add(Any.Pack(badRequest, TypePrefix));
        }

        status.Details.Add(Any.Pack(fitting, TypePrefix));
        var left = refusal.Violations.Count - fitting.Violations.Count;
        return left == 0 ? "" : $" ({fitting.Violations.Count} violations attached, {left} more)";
    }

    private static string DescriptionOf(V1.Violation violation) =>
        $"{violation.MessageEn} {violation.MessageZh} (value: {violation.Value}; rule: {violation.Rule})";
}
