using System.Net;
using Confluent.Kafka;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Canary;
using Orchestrator.Activities.Secrets;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Exceptions;

namespace Orchestrator.Activities;

/// <summary>The one place that says what an error of a client means for a step: its class, and its stable type.</summary>
public static class Failures
{
    private static readonly TimeSpan BlockedRetry = TimeSpan.FromSeconds(30);

    /// <summary>Runs work whose errors are to reach the workflow as failures of one vocabulary.</summary>
    /// <param name="work">The work.</param>
    /// <exception cref="ApplicationFailureException">The work failed in a known way.</exception>
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work();
        }
        catch (Exception e) when (Classify(e) is not null)
        {
            throw Of(e);
        }
    }

    /// <summary>The failure that an error becomes.</summary>
    /// <exception cref="ArgumentException">The error is none of a client's.</exception>
    public static ApplicationFailureException Of(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        (FailureClass @class, string type) = Classify(error) 
            ?? throw new ArgumentException($"{error.GetType()} is not a client error.", nameof(error), error);

        // Without the error itself: what libraries say in theirs, down the chain, is not free of credentials, and goes into the history.
        return new(
            error.Message,
            inner: null,
            type,
            nonRetryable: @class == FailureClass.Fatal,
            nextRetryDelay: @class == FailureClass.Blocked ? BlockedRetry : (error as ApiException)?.RetryAfter);
    }

    /// <summary>What an error means; null where it is none of a client's: a cancel, or a mistake in this code.</summary>
    public static (FailureClass Class, string Type)? Classify(Exception error) => error switch
    {
        ApiException e => Classify(e),
        KubeconfigException => (FailureClass.Blocked, FailureTypes.KubeconfigUnreadable),
        UnknownClusterException => (FailureClass.Fatal, ReasonCodes.TargetUnknown),
        SecretUnreadableException { InnerException: ApiException inner } => Classify(inner),
        SecretUnreadableException => (FailureClass.Blocked, FailureTypes.SecretUnreadable),
        KafkaUnreadableException { Code: { } code } when Classify(new Error(code)) is { Item1: FailureClass.Blocked } denied => denied,
        KafkaUnreadableException => (FailureClass.Transient, KafkaCodes.KafkaUnreachable),
        KafkaCanaryException e => Classify(e.Error),
        KafkaException e => Classify(e.Error),
        HttpRequestException { StatusCode: { } status } => Classify(status),
        HttpRequestException => (FailureClass.Transient, FailureTypes.HttpUnavailable),
        TimeoutException => (FailureClass.Transient, FailureTypes.TimedOut),
        _ => null,
    };

    private static (FailureClass, string) Classify(ApiException error) => error switch
    {
        { IsTransient: true } => (FailureClass.Transient, KubernetesCodes.KubernetesUnavailable),
        // Another writer came between; the next try reads again.
        { StatusCode: HttpStatusCode.Conflict or HttpStatusCode.Gone } => (FailureClass.Transient, KubernetesCodes.KubernetesUnavailable),
        { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => (FailureClass.Blocked, ReasonCodes.RbacMissing),
        { StatusCode: HttpStatusCode.NotFound } => (FailureClass.Fatal, ReasonCodes.TargetNotFound),
        // A server whose certificate is not trusted, or that is no API server: somebody must repair the configuration.
        { StatusCode: null } => (FailureClass.Blocked, ReasonCodes.TargetUnreachable),
        _ => (FailureClass.Fatal, FailureTypes.KubernetesRefused),
    };

    private static (FailureClass, string) Classify(Error error) => error.Code switch
    {
        var code when KafkaDenials.IsMissingRight(code) || KafkaDenials.IsRefusedLogin(code) =>
            (FailureClass.Blocked, KafkaCodes.KafkaDenied),
        // Something that comes and goes while brokers restart.
        ErrorCode.RequestTimedOut or ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderForPartition or ErrorCode.BrokerNotAvailable
            or ErrorCode.ReplicaNotAvailable or ErrorCode.NetworkException or ErrorCode.NotController or ErrorCode.NotEnoughReplicas
            or ErrorCode.NotEnoughReplicasAfterAppend or ErrorCode.UnknownTopicOrPart or ErrorCode.PreferredLeaderNotAvailable
            or ErrorCode.EligibleLeadersNotAvailable or ErrorCode.ThrottlingQuotaExceeded or ErrorCode.KafkaStorageError
            or ErrorCode.GroupCoordinatorNotAvailable or ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupLoadInProgress
            => (FailureClass.Transient, KafkaCodes.KafkaUnreachable),
        _ when error.IsFatal => (FailureClass.Fatal, FailureTypes.KafkaRefused),
        // The client's own: no connection, no answer in time.
        _ when error.IsLocalError => (FailureClass.Transient, KafkaCodes.KafkaUnreachable),
        _ => (FailureClass.Fatal, FailureTypes.KafkaRefused),
    };

    private static (FailureClass, string) Classify(HttpStatusCode status) => (int)status switch
    {
        408 or 409 or 429 or >= 500 => (FailureClass.Transient, FailureTypes.HttpUnavailable),
        401 or 403 => (FailureClass.Blocked, FailureTypes.HttpRefused),
        _ => (FailureClass.Fatal, FailureTypes.HttpRefused),
    };
}
