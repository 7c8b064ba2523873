using System.Net;
using System.Net.Http.Headers;
using Temporalio.Exceptions;
using StatusCode = Temporalio.Exceptions.RpcException.StatusCode;

namespace Temporalio.Client.Transport;

/// <summary>What went wrong with a call: in the trailers, in the HTTP status, or below.</summary>
internal static class GrpcStatusReader
{
    // Error codes of HTTP/2, RFC 9113 section 7.
    private const long Http2ProtocolError = 0x1;
    private const long Http2RefusedStream = 0x7;
    private const long Http2Cancel = 0x8;
    private const long Http2EnhanceYourCalm = 0xb;
    private const long Http2InadequateSecurity = 0xc;

    /// <summary>The error of an answer that is not gRPC at all, as proxies and load balancers give; null when it is.</summary>
    public static RpcException? ReadTransportError(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new(ToStatusCode(response.StatusCode), $"The server answered with HTTP status {(int)response.StatusCode}");
        }

        string? contentType = Find(response.Content.Headers, "content-type");
        return contentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true
            ? null
            : new(StatusCode.Unknown, $"The server answered with content of type '{contentType}', which is not gRPC");
    }

    /// <summary>Throws what the trailers say; an answer without a body may have them as headers.</summary>
    /// <exception cref="RpcException">The status is not OK, is missing, or is OK without a message.</exception>
    public static void ThrowIfError(HttpResponseMessage response, bool hasMessage)
    {
        HttpHeaders trailers = response.TrailingHeaders;
        string? status = Find(trailers, "grpc-status");
        if (status is null && !hasMessage)
        {
            trailers = response.Headers;
            status = Find(trailers, "grpc-status");
        }

        if (status == "0" && hasMessage)
        {
            return;
        }

        if (status is null or "0")
        {
            throw new RpcException(StatusCode.Internal, status is null ? "The answer ended without a status" : "The answer holds no message");
        }

        StatusCode code = int.TryParse(status, out int number) && Enum.IsDefined((StatusCode)number) ? (StatusCode)number : StatusCode.Unknown;
        string message = Uri.UnescapeDataString(Find(trailers, "grpc-message") ?? string.Empty);
        throw new RpcException(code, message, Find(trailers, "grpc-status-details-bin") is { } details ? FromBase64(details) : null);
    }

    /// <summary>The error of a connection that could not be made, or broke.</summary>
    public static RpcException FromBrokenConnection(Exception exception, Uri address)
    {
        StatusCode code = StatusCode.Unavailable;
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpProtocolException protocol)
            {
                code = ToStatusCode(protocol.ErrorCode);
            }
        }

        return new(code, $"{address.Authority}: {exception.GetBaseException().Message}", exception);
    }

    /// <summary>The value of a header; null when it is not there.</summary>
    public static string? Find(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;

    private static StatusCode ToStatusCode(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    private static StatusCode ToStatusCode(long http2Error) => http2Error switch
    {
        // A server that shuts down resets what it will not finish; a ping without an answer is a protocol error to .NET.
        0 or Http2ProtocolError or Http2RefusedStream => StatusCode.Unavailable,
        Http2Cancel => StatusCode.Cancelled,
        Http2EnhanceYourCalm => StatusCode.ResourceExhausted,
        Http2InadequateSecurity => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    // gRPC leaves out the padding.
    private static byte[]? FromBase64(string text)
    {
        string padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        byte[] bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out int count) ? bytes[..count] : null;
    }
}
