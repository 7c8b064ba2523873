using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;

namespace Orchestrator.Sandbox.Temporal.Wire;

/// <summary>
/// Failed calls as Temporal's clients understand them: a gRPC status, and a detail in the trailer <c>grpc-status-details-bin</c>.
/// </summary>
internal static class RpcErrors
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>There is no such thing, or it is past its end.</summary>
    public static RpcException NotFound(string message) => Of(StatusCode.NotFound, message, new NotFoundFailure());

    /// <summary>The request breaks a rule.</summary>
    public static RpcException InvalidArgument(string message) => Of(StatusCode.InvalidArgument, message);

    /// <summary>The request is right, and this is not the time for it.</summary>
    public static RpcException FailedPrecondition(string message, IMessage? detail = null) =>
        Of(StatusCode.FailedPrecondition, message, detail);

    /// <summary>Too much of it.</summary>
    public static RpcException ResourceExhausted(string message) => Of(StatusCode.ResourceExhausted, message);

    /// <summary>The details of a failure; none where it has none.</summary>
    public static IEnumerable<Any> DetailsOf(RpcException failure) =>
        failure.Trailers.FirstOrDefault(trailer => trailer.Key == DetailsTrailer) is { } trailer
            ? GrpcStatus.Parser.ParseFrom(trailer.ValueBytes).Details
            : [];

    /// <summary>A failure with a detail.</summary>
    public static RpcException Of(StatusCode code, string message, IMessage? detail = null)
    {
        if (detail is null)
        {
            return new RpcException(new Status(code, message));
        }

        GrpcStatus status = new() { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(detail));
        return new RpcException(new Status(code, message), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }
}
