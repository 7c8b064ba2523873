using Temporalio.Api.Failure.V1;

namespace Temporalio.Converters;

/// <summary>Converts exceptions to failures and back. Used inside workflows, so it must be deterministic.</summary>
public interface IFailureConverter
{
    /// <summary>The failure of an exception.</summary>
    Failure ToFailure(Exception exception, IPayloadConverter payloadConverter);

    /// <summary>The exception of a failure. The failure may be changed in place.</summary>
    Exception ToException(Failure failure, IPayloadConverter payloadConverter);
}
