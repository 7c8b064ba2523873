using Orchestrator.Starter.Changes;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Starter.Tests.Changes;

public sealed class NewestRollsTests
{
    [Fact]
    public void Roll_ThatWasPausedAndGoesOn_IsShownOnce_AsItsLastSupervisionSeesIt()
    {
        RollStatus before = Samples.Roll with
        {
            Blocked = true,
            Pods = [new PodRoll("kafka-1", "uid-11"), new PodRoll("kafka-0", "uid-10")],
        };
        RollStatus controllers = Samples.Roll with { Resource = "kraftcontrollers.platform.confluent.io confluent/kraftcontroller" };

        Assert.Equal([controllers, Samples.Roll], ChangeReader.Newest([controllers, before, Samples.Roll]));
    }
}
