using Temporalio.Api.Common.V1;

namespace Temporalio.Exceptions;

/// <summary>A call to the server ended with a gRPC status other than OK.</summary>
public class RpcException : TemporalException
{
    /// <summary>Initializes an instance.</summary>
    /// <param name="code">The status.</param>
    /// <param name="message">What the server said.</param>
    /// <param name="rawStatus">The encoded <c>google.rpc.Status</c>; null when the server sent none.</param>
    public RpcException(StatusCode code, string message, byte[]? rawStatus)
        : base(message)
    {
        Code = code;
        RawStatus = rawStatus;
        GrpcStatus = new(() => rawStatus is null ? null : Api.Common.V1.GrpcStatus.Parser.ParseFrom(rawStatus));
    }

    /// <summary>Initializes an instance without a status of the server, with what broke below the protocol if something did.</summary>
    internal RpcException(StatusCode code, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        GrpcStatus = new(() => null);
    }

    /// <summary>The status codes of gRPC.</summary>
    public enum StatusCode
    {
        /// <summary>The call succeeded.</summary>
        OK = 0,

        /// <summary>The call was cancelled, usually by the caller.</summary>
        Cancelled = 1,

        /// <summary>The server gave no better code.</summary>
        Unknown = 2,

        /// <summary>The request is wrong whatever the state of the server.</summary>
        InvalidArgument = 3,

        /// <summary>The deadline passed.</summary>
        DeadlineExceeded = 4,

        /// <summary>What the request names does not exist.</summary>
        NotFound = 5,

        /// <summary>What the request would make exists.</summary>
        AlreadyExists = 6,

        /// <summary>The caller is known and may not do this.</summary>
        PermissionDenied = 7,

        /// <summary>A rate, size or quota limit was met.</summary>
        ResourceExhausted = 8,

        /// <summary>The state of the server does not allow the call.</summary>
        FailedPrecondition = 9,

        /// <summary>The call lost against another one.</summary>
        Aborted = 10,

        /// <summary>A value is past the end.</summary>
        OutOfRange = 11,

        /// <summary>The server does not know the call.</summary>
        Unimplemented = 12,

        /// <summary>The server broke.</summary>
        Internal = 13,

        /// <summary>The server cannot be reached, or asks to try again.</summary>
        Unavailable = 14,

        /// <summary>Data is lost.</summary>
        DataLoss = 15,

        /// <summary>The caller is not known.</summary>
        Unauthenticated = 16,
    }

    /// <summary>The status.</summary>
    public StatusCode Code { get; }

    /// <summary>The full status with its details; null when the server sent none.</summary>
    public Lazy<GrpcStatus?> GrpcStatus { get; }

    /// <summary>The encoded full status; null when the server sent none.</summary>
    public byte[]? RawStatus { get; }

    /// <summary>The first detail of this message type in the status; null when there is none.</summary>
    internal T? FindDetail<T>()
        where T : class, Google.Protobuf.IMessage<T>, new()
    {
        foreach (Google.Protobuf.WellKnownTypes.Any detail in GrpcStatus.Value?.Details ?? [])
        {
            if (detail.TryUnpack(out T unpacked))
            {
                return unpacked;
            }
        }

        return null;
    }
}
