using Temporalio.Api.Enums.V1;
using Temporalio.Common;

namespace Temporalio.Tests.Common;

public sealed class VersionTests
{
    [Fact]
    public void Version_WrittenAndRead_IsTheSame()
    {
        WorkerDeploymentVersion version = new("orchestrator", "1.2.3");

        Assert.Equal("orchestrator.1.2.3", version.ToCanonicalString());
        Assert.Equal(version, WorkerDeploymentVersion.FromCanonicalString("orchestrator.1.2.3"));
        Assert.Throws<ArgumentException>(() => WorkerDeploymentVersion.FromCanonicalString("orchestrator"));
    }

    [Fact]
    public void RetryPolicy_SentAndReceived_IsTheSame()
    {
        RetryPolicy policy = new() { MaximumInterval = TimeSpan.FromSeconds(7), MaximumAttempts = 3, BackoffCoefficient = 1.5F };

        Assert.Equal(policy, RetryPolicy.FromProto(policy.ToProto()));
        Assert.Equal((TimeSpan.FromSeconds(1), 2.0F, 0), (new RetryPolicy().InitialInterval, new RetryPolicy().BackoffCoefficient, new RetryPolicy().MaximumAttempts));
    }

    [Fact]
    public void Priority_SentAndReceived_IsTheSame()
    {
        Priority priority = new(2, "tenant", 0.5F);

        Assert.Equal(priority, Priority.FromProto(priority.ToProto()));
        Assert.Equal(Priority.Default, Priority.FromProto(new()));
    }
}
