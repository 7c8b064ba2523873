using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Kafka;
using System.Net;
using Confluent.Kafka;
using k8s;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Canary;
using Orchestrator.Activities.Secrets;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Tests;

public sealed class FailuresTests
{
    [Theory]
    [InlineData(400, FailureClass.Fatal, FailureTypes.KubernetesRefused)]
    [InlineData(401, FailureClass.Blocked, ReasonCodes.RbacMissing)]
    [InlineData(403, FailureClass.Blocked, ReasonCodes.RbacMissing)]
    [InlineData(404, FailureClass.Fatal, ReasonCodes.TargetNotFound)]
    [InlineData(409, FailureClass.Transient, KubernetesCodes.KubernetesUnavailable)]
    [InlineData(410, FailureClass.Transient, KubernetesCodes.KubernetesUnavailable)]
    [InlineData(422, FailureClass.Fatal, FailureTypes.KubernetesRefused)]
    [InlineData(429, FailureClass.Transient, KubernetesCodes.KubernetesUnavailable)]
    [InlineData(500, FailureClass.Transient, KubernetesCodes.KubernetesUnavailable)]
    [InlineData(503, FailureClass.Transient, KubernetesCodes.KubernetesUnavailable)]
    public async Task Kubernetes_AnAnswer_IsOfThisClassAndType(int status, FailureClass @class, string type)
    {
        await using AnsweringServer server = new(status, """{"kind": "Status", "message": "no"}""");
        using IKubernetes client = new ClusterConnection { Server = server.Address, Timeout = TimeSpan.FromSeconds(5) }
            .Open(TimeProvider.System);

        ApiException error = await Assert.ThrowsAsync<ApiException>(
            () => client.GetAsync(ResourceType.Pods, "a", "b", CancellationToken.None));

        Assert.Equal((@class, type), Failures.Classify(error));
    }

    [Fact]
    public async Task Kubernetes_NoAnswer_IsTransient()
    {
        using IKubernetes client = new ClusterConnection { Server = new Uri("http://127.0.0.1:9") }.Open(TimeProvider.System);

        ApiException error = await Assert.ThrowsAsync<ApiException>(
            () => client.GetAsync(ResourceType.Pods, "a", "b", CancellationToken.None));

        Assert.Equal((FailureClass.Transient, KubernetesCodes.KubernetesUnavailable), Failures.Classify(error));
    }

    [Theory]
    [InlineData(ErrorCode.Local_Transport, FailureClass.Transient, KafkaCodes.KafkaUnreachable)]
    [InlineData(ErrorCode.Local_TimedOut, FailureClass.Transient, KafkaCodes.KafkaUnreachable)]
    [InlineData(ErrorCode.Local_AllBrokersDown, FailureClass.Transient, KafkaCodes.KafkaUnreachable)]
    [InlineData(ErrorCode.RequestTimedOut, FailureClass.Transient, KafkaCodes.KafkaUnreachable)]
    [InlineData(ErrorCode.NotController, FailureClass.Transient, KafkaCodes.KafkaUnreachable)]
    [InlineData(ErrorCode.NotEnoughReplicas, FailureClass.Transient, KafkaCodes.KafkaUnreachable)]
    [InlineData(ErrorCode.ClusterAuthorizationFailed, FailureClass.Blocked, KafkaCodes.KafkaDenied)]
    [InlineData(ErrorCode.SaslAuthenticationFailed, FailureClass.Blocked, KafkaCodes.KafkaDenied)]
    [InlineData(ErrorCode.Local_Authentication, FailureClass.Blocked, KafkaCodes.KafkaDenied)]
    [InlineData(ErrorCode.InvalidConfig, FailureClass.Fatal, FailureTypes.KafkaRefused)]
    [InlineData(ErrorCode.UnsupportedVersion, FailureClass.Fatal, FailureTypes.KafkaRefused)]
    public void Kafka_AnError_IsOfThisClassAndType(ErrorCode code, FailureClass @class, string type) =>
        Assert.Equal((@class, type), Failures.Classify(new KafkaException(code)));

    [Theory]
    [InlineData(404, FailureClass.Fatal, FailureTypes.HttpRefused)]
    [InlineData(401, FailureClass.Blocked, FailureTypes.HttpRefused)]
    [InlineData(429, FailureClass.Transient, FailureTypes.HttpUnavailable)]
    [InlineData(502, FailureClass.Transient, FailureTypes.HttpUnavailable)]
    public void Http_AnAnswer_IsOfThisClassAndType(int status, FailureClass @class, string type) =>
        Assert.Equal((@class, type), Failures.Classify(new HttpRequestException("no", null, (HttpStatusCode)status)));

    public static TheoryData<Exception, FailureClass, string> Others => new()
    {
        { new HttpRequestException("no route"), FailureClass.Transient, FailureTypes.HttpUnavailable },
        { new TimeoutException("late"), FailureClass.Transient, FailureTypes.TimedOut },
        { new KafkaUnreadableException("topics", "no answer."), FailureClass.Transient, KafkaCodes.KafkaUnreachable },
        {
            new KafkaUnreadableException("topics", "no.") { Code = ErrorCode.Local_TimedOut },
            FailureClass.Transient, KafkaCodes.KafkaUnreachable
        },
        {
            new KafkaUnreadableException("topics", "no.") { Code = ErrorCode.TopicAuthorizationFailed },
            FailureClass.Blocked, KafkaCodes.KafkaDenied
        },
        { new KafkaCanaryException("no", new Error(ErrorCode.Local_MsgTimedOut)), FailureClass.Transient, KafkaCodes.KafkaUnreachable },
        { new KafkaCanaryException("no", new Error(ErrorCode.TopicAuthorizationFailed)), FailureClass.Blocked, KafkaCodes.KafkaDenied },
        { new KafkaCanaryException("no", new Error(ErrorCode.RecordListTooLarge)), FailureClass.Fatal, FailureTypes.KafkaRefused },
        { new SecretUnreadableException(Reference, "it is empty."), FailureClass.Blocked, FailureTypes.SecretUnreadable },
        { new KubeconfigException("no"), FailureClass.Blocked, FailureTypes.KubeconfigUnreadable },
        { new UnknownClusterException("a", ["b"]), FailureClass.Fatal, ReasonCodes.TargetUnknown },
    };

    private static SecretReference Reference =>
        SecretReference.TryParse("secret:a/b", out SecretReference? reference) ? reference : throw new FormatException();

    [Theory]
    [MemberData(nameof(Others))]
    public void Others_AnError_IsOfThisClassAndType(Exception error, FailureClass @class, string type) =>
        Assert.Equal((@class, type), Failures.Classify(error));

    [Theory]
    [InlineData(ErrorCode.Local_TimedOut, false, null)]
    [InlineData(ErrorCode.SaslAuthenticationFailed, false, 30)]
    [InlineData(ErrorCode.InvalidConfig, true, null)]
    public void Failure_OfEachClass_IsRetriedSoonOrLaterOrNever(ErrorCode code, bool nonRetryable, int? seconds)
    {
        ApplicationFailureException failure = Failures.Of(new KafkaException(code));

        Assert.Equal((nonRetryable, seconds), (failure.NonRetryable, (int?)failure.NextRetryDelay?.TotalSeconds));
    }

    [Fact]
    public void Failure_OfAnErrorWithOthersInIt_CarriesItsOwnSentenceAlone()
    {
        KafkaUnreadableException error = new(
            "topics", "no answer.", new KafkaException(new Error(ErrorCode.Local_Fail, "sasl.password=s3cret")));

        ApplicationFailureException failure = Failures.Of(error);

        Assert.Null(failure.InnerException);
        Assert.DoesNotContain("s3cret", $"{failure}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Translate_ACancelOrAMistakeOfOurs_PassesAsItIs()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => Failures.TranslateAsync<int>(() => throw new OperationCanceledException()));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Failures.TranslateAsync<int>(() => throw new InvalidOperationException()));
    }
}
