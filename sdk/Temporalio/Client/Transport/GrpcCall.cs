using Google.Protobuf;

namespace Temporalio.Client.Transport;

/// <summary>One unary call.</summary>
/// <param name="Service">The full name of the service.</param>
/// <param name="Method">The name of the method.</param>
/// <param name="Request">The request.</param>
internal readonly record struct GrpcCall(string Service, string Method, IMessage Request)
{
    /// <summary>Headers, with binary values already in base64.</summary>
    public KeyValuePair<string, string>[] Metadata { get; init; } = [];

    /// <summary>How long the call may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether a large answer is expected, which is then worth compressing.</summary>
    public bool ExpectsLargeAnswer { get; init; }
}
