using Google.Protobuf.WellKnownTypes;

namespace Temporalio.Common;

/// <summary>When a failed activity or workflow is tried again. The server applies it.</summary>
public record RetryPolicy
{
    /// <summary>Time before the second attempt. Default 1 second.</summary>
    public TimeSpan InitialInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Factor from one interval to the next. Default 2; 1 keeps the interval.</summary>
    public float BackoffCoefficient { get; init; } = 2.0F;

    /// <summary>The longest interval. Default null: 100 times the initial one.</summary>
    public TimeSpan? MaximumInterval { get; init; }

    /// <summary>How many attempts there are at most. Default 0: no limit; 1 means no retry.</summary>
    public int MaximumAttempts { get; init; }

    /// <summary>Error types of application failures that end the retries. Default null: none.</summary>
    public IReadOnlyCollection<string>? NonRetryableErrorTypes { get; init; }

    /// <summary>Reads the policy that the server sent.</summary>
    internal static RetryPolicy FromProto(Api.Common.V1.RetryPolicy proto) => new()
    {
        InitialInterval = proto.InitialInterval?.ToTimeSpan() ?? TimeSpan.FromSeconds(1),
        BackoffCoefficient = (float)proto.BackoffCoefficient,
        MaximumInterval = proto.MaximumInterval?.ToTimeSpan(),
        MaximumAttempts = proto.MaximumAttempts,
        NonRetryableErrorTypes = proto.NonRetryableErrorTypes.Count == 0 ? null : proto.NonRetryableErrorTypes,
    };

    /// <summary>The policy as it is sent to the server.</summary>
    internal Api.Common.V1.RetryPolicy ToProto()
    {
        Api.Common.V1.RetryPolicy proto = new()
        {
            InitialInterval = Duration.FromTimeSpan(InitialInterval),
            BackoffCoefficient = BackoffCoefficient,
            MaximumInterval = MaximumInterval is { } interval ? Duration.FromTimeSpan(interval) : null,
            MaximumAttempts = MaximumAttempts,
        };
        proto.NonRetryableErrorTypes.Add(NonRetryableErrorTypes ?? []);
        return proto;
    }
}
