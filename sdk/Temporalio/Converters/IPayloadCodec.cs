using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>
/// Turns payloads into other payloads, for encryption or compression. Used outside workflows, so it may do input and output.
/// </summary>
public interface IPayloadCodec
{
    /// <summary>Encodes what is about to be sent; the count may change.</summary>
    Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads);

    /// <summary>Decodes what was received; payloads that it did not encode stay as they are.</summary>
    Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads);
}
