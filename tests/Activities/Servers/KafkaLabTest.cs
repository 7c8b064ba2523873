namespace Orchestrator.Activities.Tests;

/// <summary>A test on the lab's brokers and controllers, all of which run when it begins.</summary>
public abstract class KafkaLabTest(KafkaLab lab) : BoundedTest, IAsyncLifetime
{
    protected KafkaLab Lab { get; } = lab;

    public Task InitializeAsync() => Lab.ReviveAsync();

    public Task DisposeAsync() => Task.CompletedTask;
}
