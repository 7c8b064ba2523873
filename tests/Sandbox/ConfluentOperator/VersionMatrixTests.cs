using System.Text.Json.Nodes;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.ConfluentOperator.Versions;

namespace Orchestrator.Sandbox.Tests.ConfluentOperator;

public sealed class VersionMatrixTests
{
    [Theory]
    [InlineData("3.3.0", "confluentinc/cp-server:8.3.0", null)]
    [InlineData("3.3.0", "registry:5000/cp-server:8.1.2-1-ubi8", null)]
    [InlineData("3.3.0", "confluentinc/cp-server:4.2.0", null)]
    [InlineData("2.11.6", "confluentinc/cp-server:7.9.6", null)]
    [InlineData("3.3.0", "cp-server:8.4.0", "the operator 3.3.0 runs Confluent Platform 7.5 to 8.3, and image cp-server:8.4.0 is 8.4")]
    [InlineData("3.4.0", "cp-server:7.5.0", "the operator 3.4.0 runs Confluent Platform 7.6 to 8.4, and image cp-server:7.5.0 is 7.5")]
    [InlineData("2.9.8", "cp-server:7.8.0", "the operator 2.9.8 runs Confluent Platform 7.1 to 7.7, and image cp-server:7.8.0 is 7.8")]
    [InlineData("3.3.0", "cp-server:9.9.9", "the operator 3.3.0 runs Confluent Platform 7.5 to 8.3, and image cp-server:9.9.9 is 9.9")]
    [InlineData("3.3.0", "cp-server:latest", "the tag of image cp-server:latest is no release of Confluent Platform")]
    [InlineData("3.3.0", "registry:5000/cp-server", "the tag of image registry:5000/cp-server is no release of Confluent Platform")]
    [InlineData("4.0.0", "cp-server:8.3.0", "it is not known which releases of Confluent Platform the operator 4.0.0 runs")]
    [InlineData(
        "3.3.0",
        "cp-server:7.9.6",
        "image cp-server:7.9.6 is Confluent Platform 7.9, which needs the annotation platform.confluent.io/use-log4j1=true")]
    public void Image_UnderAnOperator_IsRunOrRefusedWithTheReason(string operatorVersion, string image, string? refusal) =>
        Assert.Equal(refusal, VersionMatrix.Refusal(operatorVersion, Kafka(image)));

    [Fact]
    public void Image_OfPlatform7WithLog4j1_IsRun()
    {
        Component kafka = Kafka("cp-server:7.9.6");
        kafka.Resource["metadata"]!["annotations"] = new JsonObject { [ConfluentAnnotations.UseLog4j1] = "true" };

        Assert.Null(VersionMatrix.Refusal("3.3.0", kafka));
    }

    private static Component Kafka(string image) => Components.Kafka($$"""{"image":{"application":"{{image}}","init":"i:3.3.0"} }""");
}
