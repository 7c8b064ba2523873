using Temporalio.Client.Transport;

namespace Temporalio.Tests.Transport;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData(0L, "1u")]
    [InlineData(10L, "1u")]
    [InlineData(300_000_000L, "30000000u")]
    [InlineData(700_000_000L, "70000000u")]
    [InlineData(1_000_000_000L, "100000m")]
    [InlineData(1_000_000_000_000L, "100000S")]
    [InlineData(long.MaxValue, "99999999S")]
    public void Timeout_OfSomeTicks_IsWrittenInTheFinestUnitThatFits(long ticks, string expected) =>
        Assert.Equal(expected, GrpcTimeout.Format(TimeSpan.FromTicks(ticks)));
}
