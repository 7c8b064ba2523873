using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Converts some values to one encoding and back.</summary>
public interface IEncodingConverter
{
    /// <summary>The encoding, as written into the payload's metadata.</summary>
    string Encoding { get; }

    /// <summary>The payload of a value, if this encoding takes it.</summary>
    bool TryToPayload(object? value, out Payload? payload);

    /// <summary>The value of a payload of this encoding.</summary>
    object? ToValue(Payload payload, Type type);
}
